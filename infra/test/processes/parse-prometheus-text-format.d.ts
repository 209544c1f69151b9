declare module 'parse-prometheus-text-format' {
  /** A family as its HELP and TYPE lines say, with its samples. */
  export default function parse(
    text: string,
  ): readonly { readonly name: string; readonly type: string; readonly metrics: readonly unknown[] }[]
}
