/** Makes ids: UUIDv7, so that they sort by creation. Time and randomness are arguments everywhere, this is theirs. */
export type NewId = () => string
