/** Makes ids: UUIDv7, so that they sort by creation. Time and randomness are arguments everywhere, this is theirs. */
export type NewId = () => string

/** UTS-46 to A-labels (non-transitional, STD3). The platform's own `domainToASCII` serves it; `undefined` means invalid. */
export type ToAscii = (name: string) => string | undefined
