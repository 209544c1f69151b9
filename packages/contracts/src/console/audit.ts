import { auditActions, auditSubjects } from '@droplock/rules/audit-actions'
import { createRoute, z } from '@hono/zod-openapi'
import { Id, Time, text } from '../common/primitives.ts'
import { json } from '../common/responses.ts'
import { readProblems, reads } from './operation.ts'
import { listOf, sorting, TimeInput } from './paging.ts'

/** Members are whatever the kind of the change has. */
export const AuditFacts = z.json().openapi({ type: 'object' })

export const AuditEntry = z
  .object({
    seq: z.int().openapi({ description: 'Position in the chain, from 1' }),
    at: Time,
    actor_kind: z.enum(['staff', 'system']),
    actor_id: Id.optional(),
    actor_name: z.string(),
    action: z.enum(auditActions),
    subject_type: z.enum(auditSubjects),
    subject_id: z.string(),
    reason: z.string().optional(),
    before: AuditFacts.optional().openapi({ description: 'The values before the change' }),
    after: AuditFacts.optional().openapi({ description: 'The values after the change' }),
    hash: z.string().openapi({ description: 'SHA-256 over the previous hash and this entry' }),
    prev_hash: z.string().optional(),
  })
  .openapi('AuditEntry')

export const AuditList = listOf(AuditEntry, 'AuditList')

export const AuditChain = z
  .object({
    entries: z.int().openapi({ description: 'Entries that were checked' }),
    breaks: z.array(
      z.object({ seq: z.int(), fault: z.enum(['hash_differs', 'unlinked', 'missing', 'cut_off']) }),
    ),
    breaks_total: z.int(),
  })
  .openapi('AuditChain')

export const checkAuditChain = createRoute({
  operationId: 'checkAuditChain',
  method: 'get',
  path: '/api/audit/chain',
  tags: ['Audit'],
  summary: 'Compute the whole hash chain anew and compare it with what is stored',
  security: reads('audit:read'),
  responses: { 200: json(AuditChain, 'Where the chain is broken'), ...readProblems() },
})

export const AuditPeople = z
  .object({ people: z.array(z.object({ id: Id, name: z.string() })) })
  .openapi('AuditPeople')

export const getAuditPeople = createRoute({
  operationId: 'getAuditPeople',
  method: 'get',
  path: '/api/audit/people',
  tags: ['Audit'],
  summary: 'Read who audit entries may be by, by name',
  security: reads('audit:read'),
  responses: { 200: json(AuditPeople, 'Everybody, disabled people too'), ...readProblems() },
})

export const listAudit = createRoute({
  operationId: 'listAudit',
  method: 'get',
  path: '/api/audit',
  tags: ['Audit'],
  summary: 'List audit entries: who did what, when and why',
  security: reads('audit:read'),
  request: {
    query: z.strictObject({
      ...sorting(['seq'], { field: 'seq', order: 'desc' }),
      action: z.enum(auditActions).optional(),
      actor_id: Id.optional(),
      subject_type: z.enum(auditSubjects).optional(),
      subject_id: text(100).optional(),
      name: text(255).min(1).optional().openapi({ description: 'The whole name that an entry is about' }),
      from: TimeInput.optional(),
      to: TimeInput.optional(),
    }),
  },
  responses: { 200: json(AuditList, 'A page of the audit'), ...readProblems('invalid_request') },
})
