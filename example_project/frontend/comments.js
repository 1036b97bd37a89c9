/** The comments of a page: read here, with a plain form; the element takes over where scripts run. */

import { fromCms, html } from "./html.js";

/** @typedef {import("wagtail-massage/api").components["schemas"]} Schemas */
/** @typedef {import("./pages.js").Place} Place */

/** What the CMS says of a comment when it sends its author back here. @type {Record<string, string>} */
const SAID = {
  approved: "Thank you. Your comment is below.",
  pending: "Thank you. Your comment will appear here once a moderator has read it.",
  unconfirmed: "Thank you. Please open the link in the mail that we have sent you.",
};

/**
 * @param {Place} place
 * @param {{ id: number, path: string | null, locale: string }} page
 * @param {import("./pages.js").Thread} thread
 * @param {string} said
 */
export function comments(place, page, { part, policy }, said) {
  const count = part.count === 1 ? "1 comment" : `${part.count} comments`;
  const more = part.next && html`<p><a href="${place.cms}/massage/comments/${page.id}/list/">All ${count}</a></p>`;
  return html`<massage-comments api="${place.cms}/api/massage/v1/" page="${page.id}" lang="${page.locale}">
<section class="comments" id="comments" aria-labelledby="comments-title">
${Object.hasOwn(SAID, said) && html`<p class="draft" role="status">${SAID[said]}</p>`}
<h2 id="comments-title">${part.count === 0 ? "Comments" : count}</h2>
<ol>${part.items.map(entry)}</ol>
${more}
${policy.open && !policy.members_only ? form(place, page, policy) : html`<p>${policy.notice}</p>`}
</section>
</massage-comments>`;
}

/** @param {Schemas["MassageComment"]} comment @returns {import("./html.js").Html} */
function entry(comment) {
  const replies = comment.replies?.items ?? [];
  const text =
    comment.state === "REMOVED" ? html`<p class="gone">This comment was removed.</p>` : fromCms(comment.body_html);
  return html`<li><article id="comment-${comment.id}" class="comment"><header><strong>${comment.author.name}</strong>
${comment.author.badge && html`<span class="badge">${comment.author.badge.toLowerCase()}</span>`}
<time datetime="${comment.created_at}">${day(comment.created_at)}</time></header>${text}</article>
${replies.length > 0 && html`<ol>${replies.map(entry)}</ol>`}</li>`;
}

/** @param {string} moment */
function day(moment) {
  return new Date(moment).toLocaleDateString("en-GB", { dateStyle: "medium" });
}

/**
 * The form posts to the CMS, which sends the visitor back here.
 * @param {Place} place
 * @param {{ id: number, path: string | null }} page
 * @param {Schemas["MassageCommentPolicy"]} policy
 */
function form(place, page, policy) {
  const needed = policy.email !== "optional";
  return html`<form method="post" action="${place.cms}/massage/comments/${page.id}/">
<h3>Write a comment</h3>
<p>${policy.notice} ${policy.usual_wait}</p>
<p><label for="author_name">Name</label><input id="author_name" name="author_name" required maxlength="${policy.name_max_length}" autocomplete="name"></p>
<p><label for="author_email">E-mail ${needed ? "" : "(optional, never shown)"}</label><input id="author_email" name="author_email" type="email" ${needed && html`required`} autocomplete="email"></p>
<p><label for="body">Comment</label><textarea id="body" name="body" rows="5" required minlength="${policy.min_length}" maxlength="${policy.max_length}" autocomplete="off"></textarea></p>
<p class="trap" aria-hidden="true"><label for="massage_extra">Leave this field empty</label><input id="massage_extra" name="massage_extra" tabindex="-1" autocomplete="off"></p>
<input type="hidden" name="form_token" value="${policy.form_token}">
<input type="hidden" name="next" value="${place.origin}${page.path}">
<p><button>Send comment</button></p>
</form>`;
}
