type Words<Text extends string> = Text extends `${infer Word} ${infer Rest}` ? Word | Words<Rest> : Text

/** Columns as one text, so that a right stays a line or two. */
export function columns<const Text extends string>(text: Text): readonly Words<Text>[]
export function columns(text: string): readonly string[] {
  return text.split(' ')
}
