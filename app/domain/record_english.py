"""The words of records in English."""

from app.domain.record_words import CommuniqueWords, RecordWords


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


COMMUNIQUE = CommuniqueWords(
    met="The working group on the draft law “{draft}” met {where}{when}, in {sessions}.",
    where="in {places} ",
    on_day="on {day}",
    sessions=lambda count: _number(count, "session", "sessions"),
    took_part="The following took part: {names}.",
    took_part_count=lambda count: f"{_number(count, 'institution', 'institutions')} took part.",
    discussed="The group had before it version {version} of the draft, {clauses} in all.",
    clauses=lambda count: _number(count, "clause", "clauses"),
    agreed=lambda count: f"{_number(count, 'clause is', 'clauses are')} agreed" if count else "No clause is agreed yet",
    provisional=lambda count: f", and {count} more ad referendum, subject to confirmation",
    left=lambda count: f"The work on {_number(count, 'clause', 'clauses')} goes on.",
    nothing_left="Nothing is left open.",
    matters=lambda count: f"{_number(count, 'matter was', 'matters were')} put aside, to be settled after the meeting.",
    thanks="The participants thank everybody who prepared the meeting and took part in it.",
)
EN = RecordWords(
    months=(
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    date="{day} {month} {year}",
    span="from {first} to {last}",
    conjunction="and",
    quoted="“{0}”",
    titles={
        "session": "Record of session {number}: {title}",
        "workshop": "Record of the workshop",
        "communique": "Communiqué",
    },
    short_titles={
        "session": "Record of session {number}", "workshop": "Record of the workshop", "communique": "Communiqué",
    },
    on_draft="on the draft law “{draft}”",
    session="Session {number}: {title}",
    place="Place",
    held_on="Date",
    begun="begun at {at}",
    ended="ended at {at}",
    going_on="not ended when this was written",
    breaks="Breaks",
    text_discussed="Text discussed: version {version}",
    none="None.",
    participants="Participants",
    seats={
        "full": "Institutions with a full seat", "advisory": "Advisers", "facilitating": "Facilitators",
        "": "Others present",
    },
    seat_counts={
        "full": "Institutions with a full seat: {count}", "advisory": "Advisers: {count}",
        "facilitating": "Facilitators: {count}", "": "Others: {count}",
    },
    arrived="from {at}",
    for_institution="represented by",
    others="without an institution",
    agenda="Agenda",
    readings={1: "first reading", 2: "second reading"},
    statuses={
        "waiting": "not reached", "current": "being discussed when this was written", "done": "discussed",
        "skipped": "passed over, not returned to",
    },
    decisions="Decisions",
    outcomes={
        "agreed": "agreed", "as_it_stands": "to leave the text as it stands",
        "in_brackets": "to keep the differing proposals in brackets", "to_group": "to give it to a small group",
        "postponed": "to postpone it", "noted": "taken note of",
    },
    by="rule: {rule}",
    rules={
        "consensus": "consensus", "minus_one": "consensus minus one", "silence": "silence procedure",
        "majority": "majority", "no_objection": "the room was asked and nobody objected",
    },
    in_call="call {number}",
    on_text="text: version {version}",
    fingerprint="fingerprint {fingerprint}",
    calls="Calls for positions",
    call="Call {number}, on {about}",
    call_states={
        "open": "open when this was written", "hidden": "held; its answers have not been revealed",
        "called_off": "called off", "closed": "closed",
    },
    results={
        "agreed": "agreed", "ad_referendum": "agreed ad referendum", "not_yet": "not agreed yet",
        "contested": "contested", "changed": "the text was changed before the call was over",
    },
    until="until {at}",
    agreed="Clauses agreed",
    agreed_count="Clauses agreed: {count}.",
    whole_text=(
        "In the whole text, {total} clauses: {agreed} agreed, {ad_referendum} agreed ad referendum, {contested} "
        "contested, {other} not agreed yet."
    ),
    provisional="Agreed ad referendum: {clauses}",
    to_confirm="to be confirmed by {party}",
    an_institution="one institution",
    brackets="What is left in brackets",
    contested="contested",
    colliding="the proposals exclude one another",
    amendment="amendment A{number}",
    objections="Objections and their answers",
    objects="{party} objects",
    objection_count="Objections: {count}",
    stands={True: "stands", False: "no longer stands in the way"},
    answered="Answer of the group",
    unanswered="Not answered yet.",
    printed="Reservations and explanations of position",
    printed_kinds={
        "reservation": "reservation", "explanation": "explanation of position",
        "reserved": "in favour, with a reservation",
    },
    printed_count="{count} in all",
    proposed="Amendments proposed",
    groups="Small groups",
    group_range="Range",
    group_members="Members",
    member_count="institutions: {count}",
    group_brought="Brought back",
    no_report="Has not reported back yet.",
    matters="Matters put aside",
    matter="Matter {number}: {words}",
    owner="in the care of",
    settled="settled",
    next_steps="Next steps",
    step_settle="Settle matter {number}: {words}",
    step_answer="Answer call {number}",
    step_confirm="{party}: confirm the position on {clauses}",
    to_be_written="…",
    signatures=("Facilitator", "Secretary"),
    communique=COMMUNIQUE,
)  # fmt: skip
