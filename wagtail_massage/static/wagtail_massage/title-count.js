/**
 * Keeps the title's warning in step with the form while it is edited. The comparison itself is made by the server,
 * so that there is one set of rules. Nothing is asked, and no field is touched, before the editor changes something.
 */
(() => {
  const PAUSE = 300; // milliseconds without a keystroke

  const isDeleted = (element) => {
    let child = element.closest("[data-streamfield-child]");
    while (child) {
      if (child.querySelector(':scope > input[name$="-deleted"]')?.value === "1") return true;
      child = child.parentElement.closest("[data-streamfield-child]");
    }
    return false;
  };

  const countEntries = () =>
    [...document.querySelectorAll("[data-massage-entries]")]
      .filter((list) => !isDeleted(list))
      .map((list) => [...list.children].filter((child) => child.matches("[data-streamfield-child]")))
      .map((children) => children.filter((child) => !isDeleted(child)).length);

  const watch = (panel) => {
    if (panel.dataset.watched) return;
    panel.dataset.watched = "true";
    const title = document.getElementById(panel.dataset.titleId);
    if (!title) return;

    const warning = panel.querySelector("[data-warning]");
    const message = panel.querySelector("[data-message]");
    const button = panel.querySelector("[data-mend]");
    let asked = `${title.value}\n${countEntries()}`;
    let timer;

    const show = (answer) => {
      warning.toggleAttribute("data-fits", !answer.message);
      if (message.textContent !== answer.message) message.textContent = answer.message;
      button.textContent = answer.button;
      button.dataset.mended = answer.mended;
      button.hidden = !answer.message || answer.mended === title.value;
    };

    const ask = async () => {
      const question = `${title.value}\n${countEntries()}`;
      if (question === asked) return;
      asked = question;
      const query = new URLSearchParams({ title: title.value, counts: countEntries().join() });
      const response = await fetch(`${panel.dataset.massageTitleCount}?${query}`, {
        headers: { "X-Requested-With": "XMLHttpRequest" },
      }).catch(() => null);
      // Somebody who has been logged out learns it from saving; here the last answer simply stays.
      if (response?.ok && question === asked) show(await response.json());
    };

    const askSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    };

    button.hidden = warning.hasAttribute("data-fits") || button.dataset.mended === title.value;
    button.addEventListener("click", () => {
      title.value = button.dataset.mended;
      title.dispatchEvent(new Event("input", { bubbles: true }));
      title.dispatchEvent(new Event("change", { bubbles: true }));
      title.focus();
    });
    title.addEventListener("input", askSoon);
    document.addEventListener("massage:entries", askSoon);
    document.addEventListener("click", (event) => {
      if (event.target.closest?.("[data-streamfield-action]")) askSoon(); // a whole list may have gone
    });
  };

  const watchAll = () => document.querySelectorAll("[data-massage-title-count]").forEach(watch);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watchAll);
  else watchAll();
})();
