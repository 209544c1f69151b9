import { openProcessor } from '../processor/processor.ts'
import { createFaults } from '../serve/faults.ts'
import { listen } from '../serve/listen.ts'
import { serveProcessor } from '../serve/serve-processor.ts'
import type { WebhookTarget } from '../serve/webhooks.ts'
import { makeSandboxApp } from './app.ts'
import { signWebhook } from './signature.ts'
import { viewEvent } from './views.ts'

/** The delay of late events: long enough to be seen, short enough to wait for. */
const LATER_MS_DEFAULT = 10_000

export type SandboxOptions = {
  /** 0 chooses a free one. */
  readonly port: number
  readonly host?: string
  readonly apiKey: string
  readonly webhookSecret: string
  /** Absent: no webhooks are sent. */
  readonly webhookUrl?: WebhookTarget
  /** Where the books are stored. Absent: in memory only. */
  readonly folder?: string
  /** `by_hand`: late events happen on `POST /control/settle` only. */
  readonly laterMs?: number | 'by_hand'
  readonly now?: () => Date
}

export type SandboxServer = {
  readonly url: string
  /** Resolves when every webhook in flight has been answered or refused. */
  webhooksIdle(): Promise<void>
  stop(): Promise<void>
}

/** Starts our own payment provider: play money, test cards, webhooks. Throws when the port or the folder cannot be used. */
export async function startSandboxProvider(options: SandboxOptions): Promise<SandboxServer> {
  const { host = '127.0.0.1', port, apiKey, webhookSecret, webhookUrl, folder } = options
  const now = options.now ?? (() => new Date())
  const processor = serveProcessor({
    processor: openProcessor({ now, ...(folder === undefined ? {} : { folder }) }),
    laterMs: options.laterMs ?? LATER_MS_DEFAULT,
    webhookUrl,
    sign: (body) => signWebhook(webhookSecret, body, now()),
    write: (event) => {
      const view = viewEvent(event)
      return view && JSON.stringify(view)
    },
  })
  const app = makeSandboxApp({ processor, faults: createFaults(), apiKey })
  const listening = await listen(app, host, port)
  return {
    url: listening.url,
    webhooksIdle: processor.webhooks.idle,
    stop: async () => {
      processor.stop()
      await listening.close()
    },
  }
}
