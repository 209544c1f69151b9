import { accountExamples } from './account.ts'
import { eventExampleOf } from './events.ts'
import { nameAnswers, nameExamples } from './names.ts'
import { orderAnswers, orderExamples } from './orders.ts'
import { sandboxAnswers, sandboxExamples } from './sandbox.ts'
import { one, type SchemaExamples } from './story.ts'
import { webhookExamples } from './webhooks.ts'

/** Examples of bodies and answers, by the name of their schema in the document. */
export const schemaExamples: SchemaExamples = {
  ...orderExamples,
  ...nameExamples,
  ...accountExamples,
  ...webhookExamples,
  ...sandboxExamples,
  EventPage: one({
    items: [
      { ...eventExampleOf('backorder.secured'), cursor: '4710' },
      { ...eventExampleOf('backorder.successful'), cursor: '4711' },
    ],
    cursor: '4711',
  }),
}

/** Examples of answers of one operation, by its id, where those of the schema would not be of it. */
export const answerExamples: SchemaExamples = { ...orderAnswers, ...nameAnswers, ...sandboxAnswers }

/** Examples of answers that are no JSON, by their media type. */
export const textExamples: Readonly<Record<string, { readonly summary: string; readonly value: string }>> = {
  'text/calendar': {
    summary: 'The beginning of a calendar',
    value: [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Droplock//Drop calendar//EN',
      'BEGIN:VEVENT',
      'UID:com-2026-02-15-drop@droplock',
      'DTSTART:20260215T190000Z',
      'DTEND:20260215T200000Z',
      'SUMMARY:.com drops',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  },
  'text/event-stream': {
    summary: 'An event, and a comment that keeps the connection alive',
    value: `id: 4711\nevent: backorder.successful\ndata: ${JSON.stringify({ ...eventExampleOf('backorder.successful'), cursor: '4711' })}\n\n:\n\n`,
  },
  'text/html': {
    summary: 'The beginning of a page',
    value: '<!doctype html>\n<html lang="en">\n<head><title>INV-2026-000042</title></head>\n…',
  },
  'application/pdf': { summary: 'The beginning of a file', value: '%PDF-1.3\n…' },
  'application/gzip': {
    summary: 'What the file contains, uncompressed',
    value: 'TLD,DOMAIN,EXPIRED,PURGED\ncom,example.com,,2026-02-15T19:00:00Z\n',
  },
}
