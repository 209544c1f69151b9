import { Box, Chip, MenuItem, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { secondsOf } from '../format/duration.ts'
import { instantOfUtc } from '../format/time.ts'
import { words } from '../format/words.ts'
import { TextInput } from '../parts/Form.tsx'
import { useRegistries, useZones } from '../parts/hooks.ts'
import { UtcInput } from '../schedules/UtcInput.tsx'
import { actionNames } from './change-texts.ts'
import type { ChangeValues } from './change-values.ts'

const shrunk = { select: { displayEmpty: true }, inputLabel: { shrink: true } }

/** States in which a listing can still change. */
const liveStates = ['upcoming', 'open', 'closed', 'dropping']

type InputsProps = { readonly onChange: () => void }

/** Which listings; all conditions hold. */
export function FilterInputs({ onChange }: InputsProps) {
  return (
    <Grid>
      <Choice
        name="zone"
        label="Zone"
        onChange={onChange}
        choices={useZones().map((zone) => [zone, `.${zone}`])}
      />
      <Choice
        name="registryId"
        label="Registry"
        onChange={onChange}
        choices={useRegistries().map(({ id }) => [id, id])}
      />
      <TextInput<ChangeValues>
        name="dropDate"
        label="Drop day"
        placeholder="YYYY-MM-DD"
        isValid={(text) => instantOfUtc(`${text.trim()} 00:00`) !== undefined}
        helperText="By the time zone of the registry"
        slotProps={{ inputLabel: { shrink: true } }}
        onChange={onChange}
      />
      <Choice
        name="state"
        label="State"
        onChange={onChange}
        choices={liveStates.map((state) => [state, words(state)])}
      />
      <UtcInput<ChangeValues> name="from" label="Windows from" onChange={onChange} ifEmpty="Empty: any" />
      <UtcInput<ChangeValues> name="to" label="Windows to" onChange={onChange} ifEmpty="Empty: any" />
      <Choice name="held" label="Has a holder" onChange={onChange} choices={yesNo} />
      <Choice name="overridden" label="Moved manually" onChange={onChange} choices={yesNo} />
      <Box sx={{ gridColumn: '1 / -1' }}>
        <TextInput<ChangeValues>
          name="names"
          label="Names"
          multiline
          minRows={1}
          maxRows={8}
          helperText="Up to 1,000, one a line or with commas; also as they are typed in Unicode. Empty: all that match."
          onChange={onChange}
        />
      </Box>
      <SkippedOf onChange={onChange} />
    </Grid>
  )
}

const yesNo = [
  ['true', 'Yes'],
  ['false', 'No'],
] as const

function SkippedOf({ onChange }: InputsProps) {
  const skippedOf = useWatch<ChangeValues, 'skippedOf'>({ name: 'skippedOf' })
  const { setValue } = useFormContext<ChangeValues>()
  if (skippedOf === '') return null
  const remove = () => {
    setValue('skippedOf', '')
    onChange()
  }
  return (
    <Box>
      <Chip label="Skipped by the earlier change" onDelete={remove} />
    </Box>
  )
}

/** What is done with them. */
export function ActionInputs({ onChange }: InputsProps) {
  const kind = useWatch<ChangeValues, 'kind'>({ name: 'kind' })
  return (
    <Grid>
      <TextInput<ChangeValues> name="kind" label="Change" select onChange={onChange}>
        {Object.entries(actionNames).map(([each, name]) => (
          <MenuItem key={each} value={each}>
            {name}
          </MenuItem>
        ))}
      </TextInput>
      {kind === 'shift' || kind === 'cutoff_lead' ? (
        <TextInput<ChangeValues>
          name="amount"
          label={kind === 'shift' ? 'By' : 'Before the window'}
          required
          placeholder="1 h 30 min"
          isValid={(text) => (secondsOf(text) ?? -1) >= (kind === 'shift' ? 1 : 0)}
          helperText="Such as 90 s, 15 min, 1 h 30 min or 1 d"
          onChange={onChange}
        />
      ) : null}
      {kind === 'shift' ? (
        <TextInput<ChangeValues> name="direction" label="Direction" select onChange={onChange}>
          <MenuItem value="later">Later</MenuItem>
          <MenuItem value="earlier">Earlier</MenuItem>
        </TextInput>
      ) : null}
      {kind === 'window' || kind === 'drop_moved' ? (
        <>
          <UtcInput<ChangeValues> name="dropFrom" label="Window starts" onChange={onChange} />
          <UtcInput<ChangeValues> name="dropTo" label="Window ends" onChange={onChange} />
        </>
      ) : null}
      {kind === 'window' ? (
        <UtcInput<ChangeValues>
          name="cutoff"
          label="Orders close"
          onChange={onChange}
          ifEmpty="Empty: the zone’s usual lead time"
        />
      ) : null}
      <Typography color="textSecondary" sx={{ gridColumn: '1 / -1' }}>
        {explained[kind]}
      </Typography>
    </Grid>
  )
}

const explained: Readonly<Record<ChangeValues['kind'], string>> = {
  shift: 'Window and cut-off of each listing move by this much.',
  window:
    'All listings get the same window. Orders close by the lead time of the zone, unless a time is given.',
  cutoff_lead: 'Windows stay. Orders close this long before them.',
  skip_day:
    'The registry ran no batch in the window: names move to the next one. Cut-offs stay, and a drop that has begun stops.',
  drop_moved: 'The registry announced another time while names drop. Cut-offs stay.',
  policy: 'Listings get the schedule that the policy of their zone gives now. What was moved manually stays.',
}

type ChoiceProps = {
  readonly name: 'zone' | 'registryId' | 'state' | 'held' | 'overridden'
  readonly label: string
  readonly choices: readonly (readonly [value: string, text: string])[]
  readonly onChange: () => void
}

function Choice({ name, label, choices, onChange }: ChoiceProps) {
  return (
    <TextInput<ChangeValues> name={name} label={label} select slotProps={shrunk} onChange={onChange}>
      <MenuItem value="">Any</MenuItem>
      {choices.map(([value, text]) => (
        <MenuItem key={value} value={value}>
          {text}
        </MenuItem>
      ))}
    </TextInput>
  )
}

function Grid({ children }: { children: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        p: 2,
        gridTemplateColumns: { xs: '1fr', sm: 'repeat(2, minmax(0, 1fr))', lg: 'repeat(4, minmax(0, 1fr))' },
        alignItems: 'start',
      }}
    >
      {children}
    </Box>
  )
}
