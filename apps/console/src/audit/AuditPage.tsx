import { type AuditSubject, auditActions, auditSubjects } from '@droplock/rules/audit-actions'
import { Box, Chip, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { DataTable, useDataProvider, useListContext, useRecordContext } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { AuditEntry, AuditPeople } from '../api/types.ts'
import { words } from '../format/words.ts'
import { ChoiceFilter, DayFilter, SearchFilter } from '../parts/Filters.tsx'
import { AppLink, listLink, recordLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { TimeText } from '../parts/texts.tsx'
import { CheckButton, CheckResult, useChainCheck } from './ChainCheck.tsx'
import { changedMembers } from './changed-members.ts'

const Column = DataTable.Col<AuditEntry>

export function AuditPage() {
  const check = useChainCheck()
  return (
    <Page
      title="Audit"
      about="All changes by people, with their reasons. Entries are chained by hash: a change or deletion is detectable."
      actions={<CheckButton check={check} />}
    >
      <CheckResult check={check} />
      <RecordTable
        resource="audit"
        sort={{ field: 'seq', order: 'DESC' }}
        controls={<Controls />}
        rowClick="expand"
        expand={<AuditDetail />}
        empty={{ title: 'No entries yet', text: 'Every change by a person is recorded here.' }}
      >
        <Column source="seq" label="#" align="right" />
        <Column label="Time" render={({ at }) => <TimeText at={at} />} />
        <Column label="By" render={(entry) => <ActorLink entry={entry} />} />
        <Column label="Action" render={({ action }) => actionText(action)} />
        <Column label="Subject" render={(entry) => <SubjectLink entry={entry} />} />
        <Column
          label="Reason"
          cellSx={() => ({ overflowWrap: 'anywhere' })}
          render={({ reason }) => reason ?? '–'}
        />
      </RecordTable>
    </Page>
  )
}

function Controls() {
  return (
    <>
      <PersonFilter />
      <ChoiceFilter source="action" label="Action" choices={auditActions} nameOf={actionText} width={240} />
      <ChoiceFilter source="subject_type" label="Subject" choices={auditSubjects} />
      <SearchFilter source="name" label="Whole domain name" />
      <DayFilter source="from" label="From (UTC)" />
      <DayFilter source="to" label="Until (UTC)" isEnd />
      <SubjectFilter />
    </>
  )
}

/** Whose entries: everybody who has been in the console, disabled people too. */
function PersonFilter() {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data } = useQuery<AuditPeople>({
    queryKey: ['audit', 'people'],
    queryFn: () => api.get<AuditPeople>('audit/people'),
    retry: false,
  })
  const chosen: unknown = useListContext().filterValues['actor_id']
  const names = new Map(data?.people.map(({ id, name }) => [id, name]))
  // Until the names are read, a link that chose a person shows the id.
  if (typeof chosen === 'string' && !names.has(chosen)) names.set(chosen, chosen)
  return (
    <ChoiceFilter
      source="actor_id"
      label="By"
      choices={[...names.keys()]}
      nameOf={(id) => names.get(id) ?? id}
      width={180}
    />
  )
}

/** `sync_run.uploaded` → `Sync uploaded`. */
function actionText(action: string): string {
  const [subject = '', verb = ''] = action.split('.')
  return `${words(subject)} ${words(verb).toLowerCase()}`
}

/** A filter that a link on an entry has set. */
function SubjectFilter() {
  const { filterValues, setFilters } = useListContext<AuditEntry & { id: number }>()
  const { subject_id: subjectId, ...others } = filterValues
  if (typeof subjectId !== 'string') return null
  return <Chip label={`Subject: ${subjectId}`} onDelete={() => setFilters(others)} />
}

/** The page of an entry's subject. */
const pageOf: Readonly<Record<AuditSubject, (id: string) => string>> = {
  sync_run: (id) => recordLink('sync-runs', id),
  listing: (id) => recordLink('listings', id),
  refund: (id) => recordLink('refunds', id),
  account: (id) => recordLink('accounts', id),
  finance_task: (id) => recordLink('finance-tasks', id),
  bank_transfer: () => listLink('bank-transfers'),
  reconciliation_item: () => listLink('reconciliation'),
  refund_limit: () => listLink('refund-limits'),
  setting: () => listLink('alarms'),
  invoice: (id) => recordLink('invoices', id),
  seller: () => listLink('seller'),
  reconciliation: () => listLink('reconciliation'),
  dispute: (id) => recordLink('disputes', id),
  payout: (id) => recordLink('payouts', id),
  month: (id) => recordLink('months', id),
  alarm: () => listLink('alarms'),
  receiver: () => listLink('receivers'),
  // These have no page: the link lists their audit entries.
  proposal: (id) => listLink('audit', { subject_type: 'proposal', subject_id: id }),
  member: (id) => listLink('audit', { subject_type: 'member', subject_id: id }),
  list_source: (id) => listLink('audit', { subject_type: 'list_source', subject_id: id }),
  staff: (id) => listLink('audit', { subject_type: 'staff', subject_id: id }),
  webhook_endpoint: (id) => listLink('audit', { subject_type: 'webhook_endpoint', subject_id: id }),
  api_key: (id) => listLink('audit', { subject_type: 'api_key', subject_id: id }),
  price_list: (id) => listLink('audit', { subject_type: 'price_list', subject_id: id }),
  reserved_list: (id) => listLink('audit', { subject_type: 'reserved_list', subject_id: id }),
  blocked_name: (id) => listLink('audit', { subject_type: 'blocked_name', subject_id: id }),
  registry: (id) => listLink('audit', { subject_type: 'registry', subject_id: id }),
  registry_account: (id) => listLink('audit', { subject_type: 'registry_account', subject_id: id }),
  schedule_change: (id) => listLink('audit', { subject_type: 'schedule_change', subject_id: id }),
  zone: (id) => listLink('audit', { subject_type: 'zone', subject_id: id }),
  list: (id) => listLink('audit', { subject_type: 'list', subject_id: id }),
}

/** The person, with a link to all their entries. */
function ActorLink({ entry: { actor_id, actor_name } }: { entry: AuditEntry }) {
  if (actor_id === undefined) return actor_name
  return <AppLink to={listLink('audit', { actor_id })}>{actor_name}</AppLink>
}

function SubjectLink({ entry }: { entry: AuditEntry }) {
  const { subject_type, subject_id } = entry
  // A person who signs in or out is the subject and is shown already.
  if (subject_type === 'staff' && subject_id === entry.actor_id) return '–'
  return (
    <AppLink to={pageOf[subject_type](subject_id)}>
      {words(subject_type)} {nameOf(entry) ?? <code>{subject_id.slice(-8)}</code>}
    </AppLink>
  )
}

/** A name in the entry, which is easier to read than an id. */
function nameOf({ before, after }: AuditEntry): string | undefined {
  for (const side of [after, before]) {
    if (typeof side !== 'object' || side === null) continue
    for (const member of ['name', 'source', 'email', 'legal_name']) {
      const value: unknown = Reflect.get(side, member)
      if (typeof value === 'string') return value
    }
  }
  return undefined
}

/** `amount_minor` → `Amount (minor units)`, `account_id` → `Account ID`. */
function memberText(member: string): string {
  return words(member.replace(/_minor$/, '_(minor_units)').replace(/_id$/, '_ID'))
}

/** The changes of an entry, member by member, and its place in the hash chain. */
function AuditDetail() {
  const entry = useRecordContext<AuditEntry>()
  if (entry === undefined) return null
  const changes = changedMembers(entry.before, entry.after)
  return (
    <Box sx={{ py: 1 }}>
      {changes.length === 0 ? null : (
        <Table size="small" sx={{ mb: 1 }}>
          <TableHead>
            <TableRow>
              <TableCell />
              <TableCell>Before</TableCell>
              <TableCell>After</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {changes.map(({ member, before, after }) => (
              <TableRow key={member}>
                <TableCell sx={{ color: 'text.secondary' }}>{memberText(member)}</TableCell>
                <TableCell sx={{ overflowWrap: 'anywhere' }}>{before}</TableCell>
                <TableCell sx={{ overflowWrap: 'anywhere', fontWeight: before === after ? 400 : 600 }}>
                  {after}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <Typography variant="caption" color="textSecondary" component="div" sx={{ overflowWrap: 'anywhere' }}>
        {words(entry.subject_type)} <code>{entry.subject_id}</code>
        <br />
        Hash <code>{entry.hash}</code>
        <br />
        Previous hash <code>{entry.prev_hash ?? 'none: first entry'}</code>
      </Typography>
    </Box>
  )
}
