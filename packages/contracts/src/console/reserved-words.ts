import { reservedKinds } from '@droplock/rules/reserved-words'
import { createRoute, z } from '@hono/zod-openapi'
import { Id, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { Flag, listOf, paging } from './paging.ts'

/** A body of the API holds so much; longer lists are uploaded by the command `reserved upload`. */
const TEXT_CHARACTERS_MAX = 50_000

export const ReservedWord = z
  .object({
    id: Id,
    list_name: z.string(),
    kind: z.enum(reservedKinds),
    zone: z.string().optional().openapi({ description: 'Left out: all zones' }),
    word: z.string(),
    reason: z.string(),
    added_at: Time,
    added_by: z.string(),
    ended_at: Time.optional(),
  })
  .openapi('ReservedWord')

export const ReservedWordList = listOf(ReservedWord, 'ReservedWordList')

export const ReservedUpload = z
  .object({
    list_id: Id.optional().openapi({ description: 'Left out: nothing was changed' }),
    dry_run: z.boolean(),
    words: z.int(),
    added: z.int(),
    ended: z.int(),
    rejects: z
      .array(z.object({ line: z.int(), reason: z.string() }))
      .openapi({ description: 'With any of these the list was not taken' }),
    changes: z
      .object({
        reserved: z.int(),
        released: z.int(),
        held: z.int().openapi({ description: 'Of the reserved, those with an order. It stays' }),
        first: z.array(z.object({ name: z.string(), reserved: z.boolean(), held: z.boolean() })),
      })
      .optional()
      .openapi({ description: 'Of a dry run: live names that change' }),
  })
  .openapi('ReservedUpload')

const tags = ['Prices']

export const listReservedWords = createRoute({
  operationId: 'listReservedWords',
  method: 'get',
  path: '/api/reserved-words',
  tags,
  summary: 'List reserved words with those that ended, by list and word',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...paging,
      list_name: text(200).optional(),
      q: text(63).optional(),
      in_force: Flag.optional(),
    }),
  },
  responses: { 200: json(ReservedWordList, 'A page of words'), ...readProblems('invalid_request') },
})

export const uploadReservedWords = createRoute({
  operationId: 'uploadReservedWords',
  method: 'post',
  path: '/api/reserved-words',
  tags,
  summary: 'Upload a list of reserved words, or try one out',
  description:
    'CSV with the columns `kind,zone,word,reason`. It replaces the list of the same name. Names with these words cannot be ordered; orders stay.',
  security: changes('names:withdraw'),
  request: {
    body: body(
      z
        .strictObject({
          name: text(200).min(1),
          text: text(TEXT_CHARACTERS_MAX).min(1),
          reason: Reason,
          dry_run: z.boolean().default(false),
        })
        .openapi('UploadReservedWords'),
    ),
  },
  responses: { 200: json(ReservedUpload, 'What was done'), ...changeProblems('reason_required') },
})
