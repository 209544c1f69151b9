import { Button, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Problem } from './Problem.tsx'
import { useFirstFault } from './use-first-fault.ts'

type ChangeFormProps = {
  /** The change that it asks for. */
  readonly save: { readonly isPending: boolean; readonly error: unknown }
  /** What is to be corrected: a new object for each refusal. */
  readonly errors: object
  /** On the button. */
  readonly verb: string
  readonly onSubmit: () => void
  readonly onCancel?: (() => void) | undefined
  readonly children: ReactNode
}

/** Fields, why the change was refused, and the buttons. It is sent once at a time; then the first field to correct has the focus. */
export function ChangeForm({ save, errors, verb, onSubmit, onCancel, children }: ChangeFormProps) {
  const t = useTranslations('actions')
  const form = useFirstFault(errors)
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        // It may stand within another form of the page.
        event.stopPropagation()
        if (!save.isPending) onSubmit()
      }}
    >
      <Stack gap="sm">
        {children}
        {save.error === null ? null : <Problem error={save.error} />}
        <Group gap="sm">
          <Button type="submit" loading={save.isPending}>
            {verb}
          </Button>
          {onCancel === undefined ? null : (
            <Button variant="default" onClick={onCancel}>
              {t('cancel')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
