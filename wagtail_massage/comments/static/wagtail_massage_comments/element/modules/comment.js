/** One comment as it is seen. */

import { ago, h, rich } from "./dom.js";
import { area, choices, form } from "./form.js";
import { controls, health, state } from "./own.js";
import { writing } from "./writing.js";

/**
 * @param {object} ui what `massage-comments.js` shares
 * @param {object} comment a `MassageComment`, or a `MassageOwnComment`; one that is being sent has no `body_html`
 * @param {boolean} [pinned] whether this is the copy that stands above all others
 */
export function article(ui, comment, pinned) {
  const { t, language, own: all } = ui;
  const { id, author, body_html, in_reply_to } = comment;
  const own = !pinned && all.get(id);
  const isSending = body_html == null;
  const isPublic = comment.state === "APPROVED";
  const name = author.name || "";
  const time = ago(comment.created_at, language);
  const content =
    comment.state === "REMOVED" && !own
      ? h("p.help", t("This comment was removed."))
      : [
          h("header.meta",
            h("b.author", h("bdi", name)),
            author.badge && h("span.badge", t("Team")),
            pinned && h("span.badge", t("Pinned")),
            isPublic ? h("a.time", { href: "#comment-" + id }, time) : time,
            comment.edited_at && h("span.help", t("edited")),
          ),
          in_reply_to && in_reply_to !== comment.parent && h("p.help", h("a", { href: "#comment-" + in_reply_to }, t("Answers another comment of this conversation"))),
          h("div.body", { dir: "auto" }, isSending ? comment.body : rich(body_html)),
          h("p.state", isSending ? t("Sending …") : own && state(ui, own)),
          own && own.health && health(ui, own),
          !pinned && !isSending && h("div.actions", actions(ui, comment, own, isPublic && !(own && own.health))),
        ];
  return h(
    "article.comment" + (pinned ? " pinned" : own || isSending ? (isPublic ? "" : " own") : ""),
    {
      id: !pinned && "comment-" + id,
      tabindex: -1,
      "aria-label": name,
    },
    content,
  );
}

function actions(ui, comment, own, isSeen) {
  const { t, unfold, mayWrite } = ui;
  const action = (words, make) =>
    h("button.action", { type: "button", "aria-label": `${words}: ${comment.author.name}`, click: () => unfold(comment.id, make) }, words);
  return [
    isSeen && mayWrite && action(t("Reply"), (leave) => writing(ui, comment, leave)),
    own ? controls(ui, own) : isSeen && action(t("Report"), (leave) => reporting(ui, comment, leave)),
  ];
}

function reporting({ t, ask, say }, { id, author }, leave) {
  const reasons = {
    SPAM: t("Advertising or spam"),
    OFFENSIVE: t("Insulting or hateful"),
    PRIVATE: t("It says something private about a person"),
    HARMFUL: t("It could harm somebody who follows it"),
    OFF_TOPIC: t("It has nothing to do with the page"),
    OTHER: t("Something else"),
  };
  return form(
    t,
    `${t("Report")}: ${author.name}`,
    [
      choices(t("What is wrong with it?"), "", "reason", reasons),
      area(t("In your words (optional)"), { name: "note", rows: 2, required: false }),
    ],
    t("Report"),
    async (body) => {
      await ask(`comments/${id}/reports/`, { body });
      leave();
      say(t("Thank you. The site's team will look at it."));
    },
    leave,
  );
}
