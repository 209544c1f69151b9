/** What a use case knows of its subject, as it comes: dates and amounts included. */
export type Facts = { readonly [key: string]: Fact }
type Fact = string | number | boolean | bigint | Date | null | undefined | Facts | readonly Fact[]
