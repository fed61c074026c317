/**
 * GitHub's Markdown, as far as it runs here: micromark with the extensions of GFM and with
 * HTML let through, read by an HTML parser; then what GitHub looks for in the text that is
 * left outside of code and links: mentions, references, commits, addresses, emoji, formulas.
 */
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { type DefaultTreeAdapterTypes, parseFragment } from "parse5";

type Node = DefaultTreeAdapterTypes.Node;

export function renderMarkdown(markdown: string): string {
  return micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
  });
}

/** The names of all elements, in their order. */
export function elementsOf(html: string): string[] {
  return nodesOf(parseFragment(html)).flatMap((node) => ("tagName" in node ? [node.tagName] : []));
}

/** The values of an attribute, of all elements. */
export function attributesOf(html: string, name: string): string[] {
  return nodesOf(parseFragment(html)).flatMap((node) =>
    "attrs" in node ? node.attrs.filter((one) => one.name === name).map(({ value }) => value) : [],
  );
}

/** All text, or that of the elements of one name. */
export function textOf(html: string, element?: string): string {
  return nodesOf(parseFragment(html))
    .filter(
      (node) =>
        ("tagName" in node && node.tagName === element) ||
        (element === undefined && node.nodeName === "#text"),
    )
    .flatMap((node) => (element === undefined ? [node] : nodesOf(node)))
    .map((node) => ("value" in node ? node.value : ""))
    .join("");
}

/** What GitHub would make a link, an emoji or a formula of. */
export function foundByGithub(html: string): string[] {
  return looseTexts(parseFragment(html)).flatMap((text) =>
    FILTERS.flatMap((filter) => text.match(filter) ?? []),
  );
}

const FILTERS = [
  /@[a-z0-9]/i,
  /#[0-9]/,
  /\bGH-[0-9]/i,
  /\b[a-z]+-[0-9]/i,
  /\b[0-9a-f]{7,40}\b/i,
  /:[a-z0-9+_-]+:/i,
  /\b(?:https?|ftp):\/\//i,
  /\bwww\./i,
  /(?:mailto|xmpp):/i,
  /\$[^$]*\$/,
];

/** Each text outside of code and links; two that a comment or an element parts are two. */
function looseTexts(node: Node): string[] {
  if (node.nodeName === "#text") return "value" in node ? [node.value] : [];
  if (node.nodeName === "code" || node.nodeName === "a") return [];
  return "childNodes" in node ? node.childNodes.flatMap(looseTexts) : [];
}

function nodesOf(node: Node): Node[] {
  return [node, ...("childNodes" in node ? node.childNodes.flatMap(nodesOf) : [])];
}
