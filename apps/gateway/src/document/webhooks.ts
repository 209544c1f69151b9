import { topicTexts, webhookBody } from '@droplock/contracts/events'
import { accountTopics } from '@droplock/rules/events'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { eventExampleOf } from './examples/events.ts'

const header = (name: string, description: string, example: string) =>
  ({ name, in: 'header', required: true, description, schema: { type: 'string' }, example }) as const

/** Of Standard Webhooks 1.0. */
const parameters = [
  header(
    'webhook-id',
    'The id of the event: the same in every attempt, so that a repeated one is recognised',
    '01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58',
  ),
  header(
    'webhook-timestamp',
    'When it was sent, in seconds since 1970. Refuse one that is old',
    '1771182000',
  ),
  header(
    'webhook-signature',
    'One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between',
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  ),
]

/** Adds every event of accounts, as the webhook that its endpoints get. */
export function registerWebhooks(app: OpenAPIHono): void {
  for (const topic of accountTopics) {
    const text = topicTexts[topic]
    app.openAPIRegistry.registerWebhook({
      method: 'post',
      path: topic,
      operationId: `on ${topic}`.replaceAll(/[ ._]+(\w)/g, (_, letter: string) => letter.toUpperCase()),
      tags: ['Webhooks'],
      summary: `${text.charAt(0).toUpperCase()}${text.slice(1)}`,
      description:
        'Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.',
      security: [],
      parameters,
      request: {
        body: {
          required: true,
          content: {
            'application/json': {
              schema: webhookBody(topic),
              examples: { [topic]: { summary: topic, value: eventExampleOf(topic) } },
            },
          },
        },
      },
      responses: {
        '2XX': { description: 'Taken. The body of the answer is not read' },
        410: { description: 'This endpoint is gone: nothing is sent to it any more' },
        '4XX': { description: 'Not taken. It is sent again later' },
        '5XX': { description: 'Not taken. It is sent again later' },
      },
    })
  }
}
