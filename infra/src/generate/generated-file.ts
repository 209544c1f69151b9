/** A committed file that is derived from something else. */
export type GeneratedFile = { readonly path: string; readonly text: string }
