import { openDatabase } from '@droplock/core/database/connect'
import { createWakeUp } from '@droplock/core/events/feed'
import { newId } from '@droplock/core/new-id'
import { createLogger } from '@droplock/observability/logger'
import { deliveryJobs, type Sender } from '../../src/events/event-jobs.ts'
import { runJob } from '../../src/jobs/jobs.ts'

// A process that sends what is due to webhooks, as plainly as can be. Arguments: the database's URL.

const post: Sender = async ({ receiver, event }, signal) => {
  const body = JSON.stringify({ id: event.id, topic: event.topic, data: event.data })
  const answer = await fetch(receiver.address, { method: 'POST', body, signal })
  return answer.ok
    ? { kind: 'delivered', answer: String(answer.status) }
    : { kind: 'failed', failure: `answered ${answer.status}` }
}

const db = openDatabase({ url: process.argv[2] ?? '', connectionsMax: 4, applicationName: 'droplock-test' })
const rule = { owner: newId(), senders: { webhook: post }, everyMs: 50, wakeUp: createWakeUp() }
const logger = createLogger({ app: 'worker', level: 'silent', pretty: false })
const never = new AbortController().signal
await Promise.all(deliveryJobs({ db, newId }, rule).map((job) => runJob(job, logger, never)))
