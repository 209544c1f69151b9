import { confirmationMeans } from '@droplock/rules/confirmations'
import { Box, MenuItem } from '@mui/material'
import type { RegistrySettings } from '../api/types.ts'
import { TextInput } from '../parts/Form.tsx'
import { RegistryEditDialog } from './RegistryEditDialog.tsx'
import { checkFields } from './registry-fields.ts'

type Percent = keyof RegistrySettings['quarantine']

type Values = Readonly<Record<Percent, string>> & {
  readonly by: string
  readonly rdap_per_minute_max: string
  readonly reason: string
}

const percents: readonly (readonly [name: Percent, label: string])[] = [
  ['suspected_percent_max', 'Suspected names, at most (%)'],
  ['moved_percent_max', 'Moved names, at most (%)'],
  ['rows_percent_min', 'Rows of the list before, at least (%)'],
  ['rejects_percent_max', 'Rejected rows, at most (%)'],
]

/** The orders in which means can be tried. */
const means: readonly string[] = [
  '',
  ...confirmationMeans,
  confirmationMeans.join(','),
  confirmationMeans.toReversed().join(','),
]

const isPercent = (text: string) => /^\d{1,3}$/.test(text.trim()) && Number(text) <= 100

/** Edits from which change on a list is held back, and how suspects are confirmed. */
export function EditChecksDialog({ registry, onClose }: { registry: RegistrySettings; onClose: () => void }) {
  const { quarantine, confirmation } = registry
  return (
    <RegistryEditDialog<Values>
      registry={registry}
      title={`Edit the list checks of ${registry.id}`}
      initial={{
        suspected_percent_max: String(quarantine.suspected_percent_max),
        moved_percent_max: String(quarantine.moved_percent_max),
        rows_percent_min: String(quarantine.rows_percent_min),
        rejects_percent_max: String(quarantine.rejects_percent_max),
        by: confirmation.by.join(','),
        rdap_per_minute_max: String(confirmation.rdap_per_minute_max),
        reason: '',
      }}
      fields={checkFields}
      partOf={partOf}
      applies="It applies to lists and confirmations from now on."
      onClose={onClose}
    >
      {(discard) => (
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            gridTemplateColumns: { xs: '1fr', sm: 'repeat(2, minmax(0, 1fr))' },
          }}
        >
          {percents.map(([name, label]) => (
            <TextInput<Values>
              key={name}
              name={name}
              label={label}
              required
              isValid={isPercent}
              onChange={discard}
            />
          ))}
          <TextInput<Values>
            name="by"
            label="Suspects are confirmed by"
            select
            onChange={discard}
            slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
          >
            {means.map((each) => (
              <MenuItem key={each} value={each}>
                {each === '' ? 'People alone' : each.split(',').join(', then ')}
              </MenuItem>
            ))}
          </TextInput>
          <TextInput<Values>
            name="rdap_per_minute_max"
            label="RDAP requests per minute"
            required
            isValid={(text) => /^\d{1,6}$/.test(text.trim())}
            onChange={discard}
          />
        </Box>
      )}
    </RegistryEditDialog>
  )
}

function partOf({ by, rdap_per_minute_max, reason: _reason, ...limits }: Values) {
  return {
    quarantine: Object.fromEntries(Object.entries(limits).map(([name, text]) => [name, Number(text)])),
    confirmation: {
      by: by === '' ? [] : by.split(','),
      rdap_per_minute_max: Number(rdap_per_minute_max),
    },
  }
}
