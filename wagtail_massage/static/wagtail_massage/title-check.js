/** Answers axe what the server has found out: whether the number in the title fits the list. Only the first heading is asked. */
window.wagtail?.userbar?.registerCheck(
  "massage-title-count",
  (heading, { fits }) => fits || heading !== document.querySelector("h1"),
);
