/** The form of a new comment or a reply. */

import { h } from "./dom.js";
import { area, choice, field, form } from "./form.js";

/**
 * @param {object} ui what `massage-comments.js` shares
 * @param {object | null} parent the comment that is answered
 * @param {(isDone?: boolean) => void} [leave]
 */
export function writing({ t, policy, drafts, token, language, send }, parent, leave) {
  const place = parent ? parent.id : "new";
  const kept = drafts.read();
  let key = (kept[place] || {}).key;
  const needed = policy.email !== "optional";
  const node = form(
    t,
    parent ? `${t("Reply")}: ${parent.author.name}` : t("Write a comment"),
    [
      area(t("Comment"), { value: (kept[place] || {}).body, input: keep }),
      !token &&
        h("div.who",
          field(t("Name"), { name: "author_name", required: true, autocomplete: "name", value: kept.name, input: keep }, t("It is shown with your comment and need not be your full name.")),
          field(
            needed ? t("E-mail address") : t("E-mail address (optional)"),
            { name: "author_email", type: "email", required: needed, autocomplete: "email", input: keep },
            policy.email === "confirmed" ? t("It is never shown. We send a link to it, to confirm that it is yours.") : t("It is never shown."),
          ),
        ),
      choice(t("Tell me by mail when it is published and when somebody answers"), { type: "checkbox", name: "wants_mail" }),
    ],
    t("Send comment"),
    submit,
    leave,
  );

  function keep() {
    const { body, author_name } = node.elements;
    key = ""; // something else is sent now, so the CMS has to know it by another key
    drafts.keep(place, { body: body.value });
    if (author_name) drafts.keep("name", author_name.value);
  }

  async function submit({ wants_mail, ...values }) {
    key = key || Array.from(crypto.getRandomValues(new Uint32Array(4))).join("-");
    drafts.keep(place, { body: values.body, key });
    const draft = { ...values, wants_mail: !!wants_mail, locale: language, form_token: policy.form_token };
    if (parent) draft.parent = parent.id;
    if (token) draft.author_token = await token();
    await send(draft, key);
    key = "";
    drafts.keep(place);
    node.elements.body.value = "";
    if (leave) leave(true);
  }

  return node;
}
