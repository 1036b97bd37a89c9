/** Forms: one way to send, to fail in words with everything kept, and to leave. */

import { h } from "./dom.js";

let count = 0; // ids have to differ within a shadow root only

/** A labelled control: an input, or `area`. */
export function field(label, properties, help, name = "input") {
  const id = `f${++count}`;
  const control = h(name + ".input", { id, "aria-describedby": `${id}e ${id}h`, ...properties });
  control.value = properties.value || "";
  return h("div.field", h("label", { for: id }, label), help && h("p.help", { id: `${id}h` }, help), control);
}

export const area = (label, properties, help) =>
  field(label, { name: "body", rows: 5, required: true, dir: "auto", ...properties }, help, "textarea");

/** A tick, or one choice of several. */
export const choice = (label, properties) => h("label.choice", h("input", properties), h("span", label));

export const choices = (legend, help, name, labels, chosen) =>
  h("fieldset.field",
    h("legend", legend),
    help && h("p.help", help),
    Object.entries(labels).map(([value, label]) =>
      choice(label, { type: "radio", name, value, required: true, checked: value === chosen }),
    ),
  );

/**
 * @param {(words: string) => string} t
 * @param {string} label
 * @param {Array} fields
 * @param {string} send
 * @param {(values: object) => Promise} submit
 * @param {((isDone?: boolean) => void) | null} [leave]
 */
export function form(t, label, fields, send, submit, leave) {
  let busy;
  const button = h("button.button primary", send);
  const buttons = h("div.buttons", button, leave && h("button.button", { type: "button", click: () => leave() }, t("Cancel")));
  const node = h("form.form", { "aria-label": label, submit: go, keydown: press }, fields, buttons);

  async function go(event) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    for (const old of node.querySelectorAll("[part=error]")) old.remove();
    for (const control of node.elements) control.removeAttribute("aria-invalid");
    try {
      await submit(Object.fromEntries(new FormData(node)));
    } catch (problem) {
      show(problem);
    }
    setBusy();
  }

  function setBusy(is) {
    busy = is;
    button.setAttribute("aria-disabled", !!is); // not `disabled`, which would lose the focus
    button.textContent = is ? t("Sending …") : send;
  }

  function press(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) node.requestSubmit();
    if (event.key === "Escape" && leave) leave();
  }

  /** Say what is wrong beside the field where it belongs, above the buttons in any case. */
  function show(problem) {
    const said = h("div.error", { role: "alert", tabindex: -1 }, h("p", explain(t, problem)));
    buttons.before(said);
    let first = said;
    for (const { loc, msg } of problem.errors || []) {
      const control = node.elements[loc[loc.length - 1]];
      if (control && control.id) {
        control.setAttribute("aria-invalid", true);
        control.before(h("p.error", { id: control.id + "e" }, msg));
        if (first === said) first = control;
      } else said.append(h("p", msg));
    }
    if (node.elements.body) said.append(h("p", t("Nothing was sent. Your text is still here.")));
    first.focus();
  }

  return node;
}

/** A problem in words. */
export const explain = (t, problem) =>
  problem.detail || t("The site cannot be reached. Check your connection and try again.");
