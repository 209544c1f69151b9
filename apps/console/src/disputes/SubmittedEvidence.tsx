import { evidenceFields } from '@droplock/rules/disputes/evidence'
import { Alert, Typography } from '@mui/material'
import type { DisputeDetail } from '../api/types.ts'
import { evidenceTones } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'
import { failureTexts, fieldTexts } from './texts.ts'

/** Our answer once it can no longer be changed. */
export function SubmittedEvidence({ dispute: { evidence, answered_at } }: { dispute: DisputeDetail }) {
  if (evidence === undefined)
    return (
      <Section title="Evidence">
        <Nothing title="No evidence from here">
          {answered_at === undefined
            ? 'Nothing was submitted before the dispute ended.'
            : 'Evidence was entered in the provider’s own pages.'}
        </Nothing>
      </Section>
    )
  const { state, fields, failure, submitted_by, submitted_at, ended_at } = evidence
  return (
    <Section title="Evidence" beside={<StateChip state={state} tone={evidenceTones[state]} />}>
      {failure === undefined ? null : (
        <Alert severity={state === 'refused' ? 'error' : 'info'} sx={{ mx: 2, mt: 1.5 }}>
          {state === 'refused'
            ? (failureTexts[failure] ?? `Refused by the provider: ${words(failure).toLowerCase()}.`)
            : `The provider did not answer clearly (${words(failure).toLowerCase()}). It is sent again.`}
        </Alert>
      )}
      <Facts
        facts={[
          ['Submitted by', submitted_by?.name],
          ['Submitted', submitted_at && <TimeText key="submitted" at={submitted_at} />],
          [state === 'refused' ? 'Refused' : 'Taken', ended_at && <TimeText key="ended" at={ended_at} />],
        ]}
      />
      <Facts
        facts={evidenceFields.flatMap((field) => {
          const text = fields[field]
          return text === undefined ? [] : [[fieldTexts[field][0], <Text key={field} text={text} />] as const]
        })}
        whole
      />
    </Section>
  )
}

function Text({ text }: { text: string }) {
  return (
    <Typography component="div" sx={{ whiteSpace: 'pre-wrap' }}>
      {text}
    </Typography>
  )
}
