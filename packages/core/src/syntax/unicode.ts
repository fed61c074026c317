// Temporary stand-in until the tables land (helper UNICODE overwrites this file).
export function isIdentifierStart(c: number): boolean { return /^[\p{XIDS}_]$/u.test(String.fromCodePoint(c)); }
export function isIdentifierContinue(c: number): boolean { return /^\p{XIDC}$/u.test(String.fromCodePoint(c)); }
export function isPrintable(c: number): boolean { return c === 32 || !/^[\p{C}\p{Z}]$/u.test(String.fromCodePoint(c)); }
export function toNfkc(s: string): string { return s.normalize("NFKC"); }
