/** How many columns of a terminal a text takes: wide characters two, marks none. */
import stringWidth from "string-width";

/** Most of what is shown. To load what knows all other characters takes longer than to add a function. */
const ASCII = /^[ -~]*$/;

export function columnsOf(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}
