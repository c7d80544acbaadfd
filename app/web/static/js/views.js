// Whoever changes the view stays at the clause that is being read.
export function views(document) {
  const links = document.querySelectorAll("[data-keep-place]");
  if (!links.length) return;
  const read = () => [...document.querySelectorAll(".law .clause[data-clause]")].find((clause) => clause.getBoundingClientRect().bottom > innerHeight * 0.3);
  for (const link of links) {
    link.addEventListener("click", () => {
      if (scrollY > innerHeight / 2) link.hash = read()?.id ?? "";
    });
  }
}
