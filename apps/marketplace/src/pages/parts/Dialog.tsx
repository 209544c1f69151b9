import { Button, Group, Stack, Title } from '@mantine/core'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Problem } from './Problem.tsx'

type DialogProps = {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The browser's own dialog: it keeps the focus, closes by Escape and gives the focus back. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={titleId} onClose={onClose}>
      <Stack gap="md">
        <Title order={2} size="h4" id={titleId}>
          {title}
        </Title>
        {children}
      </Stack>
    </dialog>
  )
}

type ConfirmProps = {
  readonly title: string
  /** What happens, and what cannot be undone. */
  readonly children: ReactNode
  /** The verb on the button. */
  readonly verb: string
  readonly isPending: boolean
  readonly error: unknown
  readonly isDanger?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks once more before something that cannot be undone, and shows why it was refused. */
export function Confirm({
  title,
  children,
  verb,
  isPending,
  error,
  isDanger = true,
  onConfirm,
  onClose,
}: ConfirmProps) {
  const t = useTranslations('actions')
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      {error === null ? null : <Problem error={error} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('back')}
        </Button>
        <Button color={isDanger ? 'red.9' : 'lock'} loading={isPending} onClick={onConfirm}>
          {verb}
        </Button>
      </Group>
    </Dialog>
  )
}
