import { absolute, type Schemas } from "./massage";

type Block = Schemas["MassageBenefitListDetail"]["body"][number];

export function Body({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block) => <One key={block.id} block={block} />);
}

function One({ block }: { block: Block }) {
  switch (block.type) {
    case "text":
      return <Clean html={block.value.html} />;
    case "heading":
      return <h2>{block.value.heading}</h2>;
    case "image":
      return (
        <figure>
          <Picture image={block.value.image} />
          {block.value.caption && <figcaption>{block.value.caption}</figcaption>}
        </figure>
      );
    case "quote":
      return (
        <blockquote>
          <p>{block.value.quote}</p>
          {block.value.attribution && <footer>{block.value.attribution}</footer>}
        </blockquote>
      );
    case "callout":
      return (
        <aside>
          {block.value.title && <strong>{block.value.title}</strong>}
          <Clean html={block.value.html} />
        </aside>
      );
    case "benefit_list":
      return (
        <>
          {block.value.lead_in && <p>{block.value.lead_in}</p>}
          {block.value.benefits.map(({ id, value }) => (
            <section key={id} id={value.anchor}>
              <h2>{value.number === null ? value.heading : `${value.number}. ${value.heading}`}</h2>
              <Picture image={value.image} />
              <Body blocks={value.body} />
            </section>
          ))}
        </>
      );
    default: {
      const none: never = block;
      return none;
    }
  }
}

/** Rich text comes from the CMS as clean HTML: editors can write nothing but what Wagtail lets through. */
function Clean({ html }: { html: string }) {
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
}

export function Picture({ image }: { image: Schemas["ImageObject"] | null }) {
  if (!image?.src) return null;
  const { alt, width, height, sources } = image;
  return (
    <picture>
      {sources.map(({ type, srcset }) => (
        <source key={type} type={type} srcSet={srcset.split(", ").map((one) => one.replace(/^\S+/, absolute)).join(", ")} />
      ))}
      <img src={absolute(image.src)} alt={alt} width={width ?? undefined} height={height ?? undefined} loading="lazy" />
    </picture>
  );
}
