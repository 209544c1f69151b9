/** A mail as it came over the wire. */
export type ReceivedMail = {
  readonly at: Date
  readonly from: string
  readonly to: readonly string[]
  readonly messageId: string
  readonly subject: string
  readonly text: string
}
