// Open what folds away where a link leads into it, and everything for print.
function reveal() {
  const there = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!there) return;
  for (let at = there; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  there.scrollIntoView();
}
addEventListener("hashchange", reveal);
reveal();
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  for (const one of folded) one.open = true;
});
addEventListener("afterprint", () => { for (const one of folded) one.open = false; });
