import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

export type ListServer = {
  readonly url: string
  /** What it answers from now on. */
  answer: Answer
  readonly requests: {
    readonly ifNoneMatch: string | undefined
    readonly authorization: string | undefined
  }[]
  readonly close: () => Promise<void>
}

/** A drop-list server on loopback. */
export async function startListServer(answer: Answer): Promise<ListServer> {
  const requests: { ifNoneMatch: string | undefined; authorization: string | undefined }[] = []
  const state = { answer }
  const server = createServer((request, response) => {
    const { authorization, 'if-none-match': ifNoneMatch } = request.headers
    requests.push({ ifNoneMatch, authorization })
    state.answer(request, response)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/test_domain-drop-list.csv`,
    get answer() {
      return state.answer
    },
    set answer(next) {
      state.answer = next
    },
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Serves a file as a web server does: 304 to a client that has it already. */
export function serveFile(body: string | Uint8Array, etag = '"v1"'): Answer {
  return (request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
    else response.writeHead(200, { etag }).end(body)
  }
}

/** Sends the first part of a body, and the rest when it is told to. */
export function serveSlowly(body: string, firstCharacters: number) {
  const { promise: told, resolve: sendRest } = Promise.withResolvers<void>()
  const answer: Answer = (_request, response) => {
    response.writeHead(200, { 'content-length': String(Buffer.byteLength(body)) })
    response.write(body.slice(0, firstCharacters))
    void told.then(() => response.end(body.slice(firstCharacters)))
  }
  return { answer, sendRest: () => sendRest() }
}
