// Compiles only while the types that are made from openapi.json narrow: on the type of a block, and of a problem.
import type { components } from "./api.js";

type Schemas = components["schemas"];
type Block = Schemas["MassageBenefitListDetail"]["body"][number];

export function words(block: Block): string {
  switch (block.type) {
    case "text":
      return block.value.text;
    case "heading":
      return block.value.heading;
    case "image":
      return block.value.image?.alt ?? block.value.caption;
    case "quote":
      return `${block.value.quote} ${block.value.attribution}`;
    case "callout":
      return block.value.kind === "TIP" ? block.value.title : block.value.text;
    case "benefit_list":
      return block.value.benefits.map((benefit) => `${benefit.value.number}. ${benefit.value.heading}`).join("\n");
    default: {
      const none: never = block;
      return none;
    }
  }
}

export function treatment(page: Schemas["MassageTreatmentDetail"]): string {
  const [first] = page.options;
  return first ? `${page.title}: ${first.minutes} min, ${first.price ?? "on request"} ${first.currency}` : page.title;
}

export function comment({ state, author, replies }: Schemas["MassageComment"]): string {
  const below = replies?.items.length ?? 0;
  return state === "REMOVED" ? `(removed, ${below} replies)` : `${author.name}, ${below} replies`;
}

export function page(found: Schemas["MassageRoute"]): string {
  if (found.kind === "redirect") return `${found.is_permanent ? 301 : 302} ${found.location}`;
  switch (found.page.kind) {
    case "treatment":
      return treatment(found.page);
    case "benefit-list":
      return `${found.page.title}: ${found.page.contents.length} benefits`;
    case "page":
      return found.page.title;
    default: {
      const none: never = found.page;
      return none;
    }
  }
}

export function refusal(problem: Schemas["MassageProblemDetail"]): string {
  switch (problem.type) {
    case "urn:wagtail-massage:problem:validation":
      return problem.errors.map((error) => `${error.loc.join(".")}: ${error.msg}`).join("\n");
    case "urn:wagtail-massage:problem:form-token":
      return `once more with ${problem.form_token}`;
    case "urn:wagtail-massage:problem:throttled":
      return "later";
    default:
      return problem.detail;
  }
}
