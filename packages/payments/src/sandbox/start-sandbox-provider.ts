import { openProcessor } from '../processor/processor.ts'
import { createFaults } from '../serve/faults.ts'
import { listen } from '../serve/listen.ts'
import { openTill } from '../serve/till.ts'
import type { WebhookTarget } from '../serve/webhooks.ts'
import { makeSandboxApp } from './app.ts'
import { signWebhook } from './signature.ts'
import { viewEvent } from './views.ts'

/** How long after its cause what comes later comes: long enough to be seen, short enough to be waited for. Milliseconds. */
const laterMsDefault = 10_000

export type SandboxOptions = {
  /** 0 takes a free one. */
  readonly port: number
  readonly host?: string
  readonly apiKey: string
  readonly webhookSecret: string
  /** Nobody is told when absent. */
  readonly webhookUrl?: WebhookTarget
  /** Where the books are kept over a restart; in memory only when absent. */
  readonly folder?: string
  /** `by_hand`: late things happen by `POST /control/settle` only. */
  readonly laterMs?: number | 'by_hand'
  readonly now?: () => Date
}

export type SandboxServer = {
  readonly url: string
  /** Ends when every webhook under way has been answered or refused. */
  webhooksIdle(): Promise<void>
  stop(): Promise<void>
}

/** Starts our own payment provider: play money, magic cards, webhooks. Throws when the port or the folder can't be had. */
export async function startSandboxProvider(options: SandboxOptions): Promise<SandboxServer> {
  const { host = '127.0.0.1', port, apiKey, webhookSecret, webhookUrl, folder } = options
  const now = options.now ?? (() => new Date())
  const till = openTill({
    processor: openProcessor({ now, ...(folder === undefined ? {} : { folder }) }),
    laterMs: options.laterMs ?? laterMsDefault,
    webhookUrl,
    sign: (body) => signWebhook(webhookSecret, body, now()),
    write: (event) => {
      const view = viewEvent(event)
      return view && JSON.stringify(view)
    },
  })
  const app = makeSandboxApp({ till, faults: createFaults(), apiKey })
  const listening = await listen(app, host, port)
  return {
    url: listening.url,
    webhooksIdle: till.webhooks.idle,
    stop: async () => {
      till.stop()
      await listening.close()
    },
  }
}
