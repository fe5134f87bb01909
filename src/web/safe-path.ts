// A text that somebody sent in; a path of ours that may be gone to out.

/** A path of ours that may be gone to, or `/`: never another site, whatever the text tries. */
export function safePath(text: string | undefined): string {
  if (text === undefined || !/^\/(?![/\\])[\w\-./?=&%~:+!,;@]*$/.test(text)) return '/'
  return text.length <= 2048 ? text : '/'
}
