import type { components } from "./api.js";

type Schemas = components["schemas"];

/** A refusal of the CMS; empty where nothing came that can be read. */
export type MassageCommentsProblem = Partial<Schemas["MassageProblemDetail"]> & { seconds?: number };

/** `detail` of the events, which bubble and leave shadow trees. */
export interface MassageCommentsEvents {
  "massage-comments:loaded": CustomEvent<{ count: number }>;
  "massage-comments:posted": CustomEvent<{ id: string; state: Schemas["MassageOwnComment"]["state"] }>;
  "massage-comments:changed": CustomEvent<{ id: string; state: Schemas["MassageOwnComment"]["state"] }>;
  "massage-comments:error": CustomEvent<{ problem: MassageCommentsProblem | Error }>;
}

export class MassageComments extends HTMLElement {
  /** A token that proves the visitor's account, or a function that fetches one. Set it, then `reload()`. */
  authorToken?: string | (() => string | Promise<string>) | null;
  /** Fetch everything anew. */
  reload(): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    "massage-comments": MassageComments;
  }
  interface HTMLElementEventMap extends MassageCommentsEvents {}
}
