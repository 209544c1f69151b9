import { auditActions, auditSubjects } from '@droplock/rules/audit-actions'
import { Chip } from '@mui/material'
import { DataTable, useListContext } from 'react-admin'
import type { AuditEntry } from '../api/types.ts'
import { ChoiceFilter } from '../parts/Filters.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { TimeText } from '../parts/TimeText.tsx'
import { AuditDetail } from './AuditDetail.tsx'
import { ActorLink, SubjectLink } from './links.tsx'

const Column = DataTable.Col<AuditEntry>

export function AuditPage() {
  return (
    <Page
      title="Audit"
      about="Who did what, when and why. Entries are chained by hash; none can be changed or taken away unseen."
    >
      <RecordTable
        resource="audit"
        sort={{ field: 'seq', order: 'DESC' }}
        controls={<Controls />}
        rowClick="expand"
        expand={<AuditDetail />}
        empty={{ title: 'Nothing yet', text: 'Every change by a person is written here.' }}
      >
        <Column source="seq" label="#" align="right" />
        <Column label="When" render={({ at }) => <TimeText at={at} />} />
        <Column label="Who" render={(entry) => <ActorLink entry={entry} />} />
        <Column label="What" render={({ action }) => <code>{action}</code>} />
        <Column label="On" render={(entry) => <SubjectLink entry={entry} />} />
        <Column
          label="Why"
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
      <ChoiceFilter source="action" label="What" choices={auditActions} nameOf={(action) => action} />
      <ChoiceFilter source="subject_type" label="On" choices={auditSubjects} />
      <FixedFilters />
    </>
  )
}

/** Filters that a link on an entry has set. */
function FixedFilters() {
  const { filterValues, setFilters, data } = useListContext<AuditEntry & { id: number }>()
  const { actor_id: actorId, subject_id: subjectId } = filterValues
  const without = (name: string) => {
    const { [name]: _taken, ...others } = filterValues
    setFilters(others)
  }
  const who = data?.find(({ actor_id }) => actor_id === actorId)?.actor_name ?? actorId
  return (
    <>
      {typeof actorId === 'string' ? (
        <Chip label={`Who: ${who}`} onDelete={() => without('actor_id')} />
      ) : null}
      {typeof subjectId === 'string' ? (
        <Chip label={`On: ${subjectId}`} onDelete={() => without('subject_id')} />
      ) : null}
    </>
  )
}
