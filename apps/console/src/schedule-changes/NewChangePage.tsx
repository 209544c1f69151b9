import { Box, Button, Stack } from '@mui/material'
import { useState } from 'react'
import { useRedirect } from 'react-admin'
import { FormProvider, useForm, useWatch } from 'react-hook-form'
import { useLocation } from 'react-router-dom'
import type { ScheduleChangePreview } from '../api/types.ts'
import { usePreview } from '../parts/hooks.ts'
import { recordLink } from '../parts/links.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { ApplyDialog } from './ApplyDialog.tsx'
import { ChangeCounts } from './ChangeCounts.tsx'
import { ActionInputs, FilterInputs } from './ChangeForm.tsx'
import { type ChangeValues, commandOf, isNarrow, valuesOfAddress } from './change-values.ts'
import { PreviewedListings } from './PreviewedListings.tsx'

/** A new change of many schedules: which listings, what is done with them, and what that would change. */
export function NewChangePage() {
  const { search } = useLocation()
  const redirect = useRedirect()
  const form = useForm<ChangeValues>({
    defaultValues: valuesOfAddress(new URLSearchParams(search)),
    mode: 'onChange',
  })
  const preview = usePreview((api, values: ChangeValues) =>
    api.post<ScheduleChangePreview>('schedule-changes', commandOf(values)),
  )
  const [isApplying, setApplying] = useState(false)
  const discard = () => preview.reset()
  const seen = preview.data
  const ask = form.handleSubmit((values) => preview.mutate(values))
  return (
    <Page
      title="New schedule change"
      about="Nothing changes before you have seen the preview and applied it."
    >
      <FormProvider {...form}>
        <form onSubmit={ask} noValidate aria-label="Schedule change">
          <Section title="Which names">
            <FilterInputs onChange={discard} />
          </Section>
          <Section title="What changes">
            <ActionInputs onChange={discard} />
          </Section>
          <Stack direction="row" sx={{ gap: 1, mb: 2, alignItems: 'center' }}>
            <PreviewButton
              isPending={preview.isPending}
              isValid={form.formState.isValid}
              hasPreview={seen !== undefined}
            />
          </Stack>
        </form>
      </FormProvider>
      {preview.error === null ? null : (
        <Box sx={{ mb: 2 }}>
          <ProblemAlert error={preview.error} />
        </Box>
      )}
      {seen === undefined ? null : (
        <>
          <Section
            title="What it would do"
            beside={
              <Button variant="contained" disabled={!changesAnything(seen)} onClick={() => setApplying(true)}>
                Apply
              </Button>
            }
          >
            <ChangeCounts counts={seen.counts} />
          </Section>
          <Section title="Names">
            <PreviewedListings preview={seen} />
          </Section>
        </>
      )}
      {seen !== undefined && isApplying ? (
        <ApplyDialog
          id={seen.id}
          counts={seen.counts}
          onClose={() => setApplying(false)}
          onDone={() => redirect(recordLink('schedule-changes', seen.id))}
        />
      ) : null}
    </Page>
  )
}

function changesAnything({ counts: { listings, effects } }: ScheduleChangePreview): boolean {
  return listings > effects.unchanged + effects.not_movable
}

type PreviewButtonProps = {
  readonly isPending: boolean
  readonly isValid: boolean
  readonly hasPreview: boolean
}

function PreviewButton({ isPending, isValid, hasPreview }: PreviewButtonProps) {
  const narrow = isNarrow(useWatch<ChangeValues>() as ChangeValues)
  return (
    <>
      <Button
        type="submit"
        variant={hasPreview ? 'outlined' : 'contained'}
        disabled={isPending || !isValid || !narrow}
      >
        {isPending ? 'Counting…' : hasPreview ? 'Preview again' : 'Preview'}
      </Button>
      {narrow ? null : 'Choose a zone, a registry, a day, a time or names first.'}
    </>
  )
}
