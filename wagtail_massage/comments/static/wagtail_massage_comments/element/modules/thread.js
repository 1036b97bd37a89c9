/** The list of comments: a tree in the order of reading, loaded part by part. */

import { article } from "./comment.js";
import { h } from "./dom.js";
import { explain } from "./form.js";

const list = (part = "list") => h("ol", { part, role: "list" });

/** @param {object} ui what `massage-comments.js` shares */
export function makeThread(ui) {
  const { t, own, ask, say, fetchPart, heading } = ui;
  const known = new Map(); // by id: { item, article, slot, comment, list }
  const top = list();
  const mine = list(); // what is not public yet, right above the form
  const empty = h("p.help");
  const whole = { list: list() }; // the thread is an entry as well: it has a list and buttons
  whole.item = h("div", whole.list);
  const total = h("span.count");
  let count, next;

  const labels = { oldest: t("Oldest first"), newest: t("Newest first"), unanswered: t("Unanswered") };
  const order = h("select.input", { "aria-label": t("Order of the comments"), change: reorder }, Object.entries(labels).map(([value, label]) => h("option", { value }, label)));

  function grow(by) {
    count += by;
    total.textContent = count || "";
    order.hidden = count < 2;
    empty.textContent = known.size ? "" : order.value === "unanswered" ? t("Every comment here has an answer.") : t("No comments yet.");
  }

  function reorder() {
    fetchPart(order.value).then(restart, (problem) => say(explain(t, problem)));
  }

  /** Begin anew with the first part, or with a later one. */
  function restart(part, cursor) {
    count = part.count;
    refill(whole, part, cursor);
    if (!cursor) top.replaceChildren(...(part.pinned ? [h("li.item", article(ui, part.pinned, true))] : []));
    grow(0);
  }

  /** Show a part in place of what an entry has below it, then the visitor's own comments where they belong. */
  function refill(entry, part, cursor) {
    if (entry === whole) mine.replaceChildren();
    entry.list.replaceChildren();
    for (const [id, { item }] of known) if (!item.isConnected) known.delete(id);
    if (entry.back) entry.back.remove();
    if (cursor) {
      entry.back = button(t("From the beginning"), async () => {
        const first = await fetch(entry);
        entry === whole ? restart(first) : refill(entry, first);
        (entry.article || heading).focus();
      });
      entry.list.before(entry.back);
    }
    append(entry, part);
    for (const [id, comment] of own) {
      const isElsewhere = comment.state === "APPROVED" && next; // on a part that is not here yet
      if (!known.has(id) && !isElsewhere) put(comment);
    }
  }

  const fetch = (entry, cursor) =>
    entry === whole ? fetchPart(order.value, cursor) : ask(`comments/${entry.comment.id}/replies/`, { query: { cursor } });

  /** Add a part below an entry, with a button for what follows. Returns the first that is new. */
  function append(entry, part) {
    const drawn = part.items.map((comment) => {
      const below = put(comment, entry);
      if (comment.replies) append(below, comment.replies);
      return below;
    });
    if (entry.more) entry.more.remove();
    if (entry === whole) next = part.next;
    if (part.next) {
      entry.more = button(entry === whole ? t("More comments") : t("More replies"), async () => {
        const first = append(entry, await fetch(entry, part.next));
        if (first) first.article.focus();
      });
      entry.item.append(entry.more);
    }
    return drawn[0];
  }

  /** Draw a comment below the one that it answers, or anew where it stands already. */
  function put(comment, around) {
    const drawn = article(ui, comment);
    let entry = known.get(comment.id);
    if (entry) entry.article.replaceWith(drawn);
    else {
      const slot = h("div.slot");
      entry = { slot, item: h("li.item", drawn, slot) };
      const above = known.get(comment.parent) || around;
      if (above && !above.list) above.slot.after((above.list = list("replies")));
      (above ? above.list : mine).append(entry.item);
      known.set(comment.id, entry);
      empty.textContent = "";
    }
    entry.article = drawn;
    entry.comment = comment;
    return entry;
  }

  /** Take a comment away; where others stand below it, its place stays. */
  function drop(id) {
    const { item, list, comment } = known.get(id);
    if (list && list.firstChild) put({ ...comment, state: "REMOVED", author: {} });
    else {
      item.remove();
      known.delete(id);
    }
    grow(0);
  }

  /** Lead to a comment, wherever in the thread it stands. */
  async function lead(id) {
    if (!known.has(id)) {
      if (order.value === "unanswered") order.value = "oldest";
      const { root, cursor, replies_cursor } = await ask(`comments/${id}/place/`, { query: { sort: order.value } });
      if (!known.has(root)) restart(await fetchPart(order.value, cursor), cursor);
      const entry = known.get(root);
      if (entry && replies_cursor && !known.has(id)) refill(entry, await fetch(entry, replies_cursor), replies_cursor);
    }
    for (const { article } of known.values()) article.part.remove("here");
    const { article } = known.get(id);
    article.part.add("here");
    article.scrollIntoView({ block: "center" });
    article.focus({ preventScroll: true });
  }

  function button(words, act) {
    const error = h("p.error", { role: "alert" });
    const node = h("button.button more", { type: "button", click: go }, words);
    async function go() {
      node.textContent = t("Loading …");
      error.remove();
      try {
        await act();
      } catch (problem) {
        error.textContent = explain(t, problem);
        node.after(error);
      }
      node.textContent = words;
    }
    return node;
  }

  return { nodes: [top, empty, whole.item, mine], total, order, known, count: () => count, grow, restart, put, drop, lead };
}
