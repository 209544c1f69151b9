import { at, id, one, type SchemaExamples } from './story.ts'

const endpoint = {
  id: id.endpoint,
  url: 'https://shop.example.com/droplock',
  description: 'shop backend',
  topics: ['backorder.successful', 'backorder.failed'],
  enabled: true,
  created_at: at.published,
  last_delivered_at: at.decided,
}

const failing = {
  ...endpoint,
  enabled: false,
  disabled_at: '2026-02-20T19:00:01.107Z',
  disabled_reason: 'failing',
  failing_since: '2026-02-15T19:00:00.963Z',
}

const eventId = '01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58'

const delivery = {
  id: '6f0d2a71-9c3e-4b58-8d17-2e5a9c0b7f34',
  event_id: eventId,
  topic: 'backorder.successful',
  subject_id: id.won,
  state: 'delivered',
  waits: false,
  created_at: at.decided,
  decided_at: '2026-02-15T19:00:05.920Z',
  attempts: [
    { attempted_at: '2026-02-15T19:00:05.871Z', duration_ms: 49, status: 204, answer: '204' },
    {
      attempted_at: '2026-02-15T19:00:00.512Z',
      duration_ms: 112,
      status: 503,
      answer: '503 Service Unavailable',
      failure: 'answered 503',
    },
  ],
}

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo='

export const webhookExamples: SchemaExamples = {
  WebhookEndpoint: {
    enabled: { summary: 'An endpoint that takes what it is sent', value: endpoint },
    disabled: { summary: 'One that took nothing for five days', value: failing },
  },
  WebhookEndpointPage: one({ items: [endpoint] }),
  NewWebhookEndpoint: one({ ...endpoint, secret }),
  CreateWebhookEndpoint: one({
    url: endpoint.url,
    topics: endpoint.topics,
    description: endpoint.description,
  }),
  UpdateWebhookEndpoint: {
    topics: { summary: 'Every topic from now on', value: { topics: null } },
    enable: { summary: 'Enable it again', value: { enabled: true } },
  },
  RotateWebhookSecret: one({ overlap_seconds: 86_400 }),
  RecoverWebhookEndpoint: one({ since: failing.failing_since }),
  WebhookTest: one({ event_id: eventId, endpoint_id: id.endpoint }),
  WebhookDelivery: one({
    ...delivery,
    state: 'pending',
    decided_at: undefined,
    next_attempt_at: at.refunded,
  }),
  WebhookDeliveryPage: one({ items: [delivery] }),
}
