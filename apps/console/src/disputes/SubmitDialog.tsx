import { evidenceFields } from '@droplock/rules/disputes/evidence'
import { Box, Typography } from '@mui/material'
import type { DisputeDetail } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { counted } from '../format/words.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction } from '../parts/hooks.ts'
import { fieldTexts } from './texts.ts'

/** Submits the saved draft. It happens once, so it is asked for once more. */
export function SubmitDialog({ dispute, onClose }: { dispute: DisputeDetail; onClose: () => void }) {
  const { id, amount, evidence } = dispute
  const submit = useAction<Reasoned, DisputeDetail>({
    send: (api, { reason }) =>
      api.post(`disputes/${id}/evidence/submit`, { version: evidence?.version ?? 0, reason }),
    done: () => 'Evidence submitted. It is being sent to the provider.',
    onDone: onClose,
  })
  const filled = evidenceFields.filter((field) => evidence?.fields[field] !== undefined)
  return (
    <FormDialog<Reasoned>
      title={`Submit evidence for ${moneyText(amount)}`}
      action="Submit"
      initial={{ reason: '' }}
      change={submit}
      onClose={onClose}
    >
      <Typography>
        The bank gets {counted(filled.length, 'field')}, as saved. This happens once: nothing can be added or
        corrected afterwards, and the bank decides by it.
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {filled.map((field) => (
          <li key={field}>{fieldTexts[field][0]}</li>
        ))}
      </Box>
      <ReasonInput label="Note" />
    </FormDialog>
  )
}
