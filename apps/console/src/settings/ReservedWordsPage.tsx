import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import { DataTable } from 'react-admin'
import type { ReservedUpload, ReservedWord } from '../api/types.ts'
import { counted, words } from '../format/words.ts'
import { FlagFilter, SearchFilter } from '../parts/Filters.tsx'
import { useMay } from '../parts/hooks.ts'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { priceTabs } from '../parts/tabs.ts'
import { TimeText } from '../parts/texts.tsx'
import { UploadListDialog } from './UploadListDialog.tsx'

const Column = DataTable.Col<ReservedWord>

/** Words of names that cannot be ordered. */
export function ReservedWordsPage() {
  return (
    <Page
      title="Reserved words"
      about="Names with these words cannot be ordered. Orders that exist stay."
      actions={<UploadButton />}
    >
      <PageTabs label="Prices" tabs={priceTabs} />
      <RecordTable
        resource="reserved-words"
        filterAtFirst={{ in_force: 'true' }}
        controls={
          <>
            <SearchFilter label="Word" />
            <FlagFilter source="in_force" label="In force" />
          </>
        }
        empty={{ title: 'No reserved words yet', text: 'Upload a list of words.' }}
        emptyAtFirst={{ title: 'No reserved words in force', text: 'Upload a list of words.' }}
      >
        <Column label="Word" render={({ word }) => <strong>{word}</strong>} />
        <Column
          label="Names"
          render={({ kind }) => (kind === 'label' ? 'With exactly this label' : 'That contain it')}
        />
        <Column label="Zone" render={({ zone }) => (zone === undefined ? 'All' : `.${zone}`)} />
        <Column label="List" render={({ list_name }) => list_name} />
        <Column label="Reason" render={({ reason }) => words(reason)} />
        <Column
          label="Added"
          render={({ added_at, added_by }) => (
            <>
              <TimeText at={added_at} precision="minutes" />
              <Typography variant="caption" color="textSecondary" component="div">
                {added_by}
              </Typography>
            </>
          )}
        />
        <Column
          label="Ended"
          render={({ ended_at }) =>
            ended_at === undefined ? '–' : <TimeText at={ended_at} precision="minutes" />
          }
        />
      </RecordTable>
    </Page>
  )
}

function UploadButton() {
  const mayReserve = useMay('names:withdraw')
  const [isOpen, setOpen] = useState(false)
  if (!mayReserve) return null
  return (
    <>
      <Button variant="contained" onClick={() => setOpen(true)}>
        Upload list
      </Button>
      {isOpen ? (
        <UploadListDialog<ReservedUpload>
          title="Upload reserved words"
          path="reserved-words"
          member="name"
          columns="kind,zone,word,reason"
          example={'kind,zone,word,reason\nlabel,,bank,the law'}
          about="The list replaces the one of the same name: words that it does not have any more are released."
          preview={(answer) => <Preview answer={answer} />}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}

function Preview({ answer: { words: count, added, ended, changes } }: { answer: ReservedUpload }) {
  return (
    <Typography>
      {counted(count, 'word')}: {added} added, {ended} ended.
      {changes === undefined
        ? ''
        : ` Of the listed names, ${changes.reserved} become reserved (${changes.held} with an order, which stays) and ${changes.released} are released.`}
    </Typography>
  )
}
