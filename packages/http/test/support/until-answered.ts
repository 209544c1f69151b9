/** Sends again what is refused with 503, as a client does: on a busy machine locks are not had in time. */
export async function untilAnswered(send: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const response = await send()
    if (response.status !== 503) return response
  }
}
