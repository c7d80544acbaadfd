"""Amending instructions: how a change is said in English (UK and EU), Russian and Kyrgyz."""
