/**
 * Numbers in the headers of a benefit list's entries. They are CSS counters (benefit-list-editor.css), so moving and
 * deleting entries renumbers them by itself; this script only says where counting starts and in which direction.
 * It writes to no field, so it never makes the form dirty.
 */
(() => {
  const { StructBlockDefinition } = window.wagtailStreamField.blocks;

  const watch = (block, prefix) => {
    const field = (name) => document.getElementsByName(`${prefix}-${name}`)[0];
    const entries = block.childBlocks.benefits;
    const list = field("benefits-count")?.parentElement.querySelector(":scope > [data-streamfield-stream-container]");
    if (!list || !entries) return;

    const update = () => {
      const numbering = field("numbering")?.value || "ASCENDING";
      const start = Number.parseInt(field("start")?.value, 10);
      const lowest = Number.isNaN(start) ? 1 : start;
      const isCountdown = numbering === "COUNTDOWN";
      list.dataset.massageEntries = numbering;
      list.style.setProperty("--massage-zeroth", isCountdown ? lowest + entries.children.length : lowest - 1);
      list.style.setProperty("--massage-step", isCountdown ? -1 : 1);
      list.dispatchEvent(new CustomEvent("massage:entries", { bubbles: true }));
    };

    // Wagtail's own hook: called after an entry was added, duplicated or deleted.
    const countChanged = entries.blockCountChanged;
    entries.blockCountChanged = function blockCountChanged(...args) {
      countChanged.apply(this, args);
      update();
    };
    ["numbering", "start"].forEach((name) => field(name)?.addEventListener("input", update));
    update();
  };

  class BenefitListBlockDefinition extends StructBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      const block = super.render(placeholder, prefix, initialState, initialError);
      watch(block, prefix);
      return block;
    }
  }

  window.telepath.register("wagtail_massage.BenefitListBlock", BenefitListBlockDefinition);
})();
