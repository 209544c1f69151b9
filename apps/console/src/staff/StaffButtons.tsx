import { Button } from '@mui/material'
import { type ReactNode, useState } from 'react'
import type { SentLink, StaffMember, StaffSession } from '../api/types.ts'
import { useMay } from '../parts/hooks.ts'
import { EditStaffDialog } from './EditStaffDialog.tsx'
import { LinkDialog } from './LinkDialog.tsx'
import {
  DisableDialog,
  EnableDialog,
  EndSessionsDialog,
  ResetSecondFactorDialog,
  SendLinkDialog,
} from './staff-dialogs.tsx'

type PersonProps = { readonly person: StaffMember }

/** What an administrator does about another person. */
export function StaffButtons({ person }: PersonProps) {
  const mayManage = useMay('staff:manage')
  const [chosen, setChosen] = useState<'edit' | 'link' | 'factor' | 'disable' | 'enable'>()
  const [sent, setSent] = useState<SentLink>()
  if (!mayManage) return null
  const close = () => setChosen(undefined)
  const props = { person, onClose: close }
  return (
    <>
      <Button variant="outlined" onClick={() => setChosen('edit')}>
        Edit
      </Button>
      {person.disabled_at === undefined ? (
        <>
          <Button variant="outlined" onClick={() => setChosen('link')}>
            {linkAction(person)}
          </Button>
          {person.second_factor_since === undefined ? null : (
            <Button variant="outlined" onClick={() => setChosen('factor')}>
              Reset second factor
            </Button>
          )}
          <Button variant="outlined" color="error" onClick={() => setChosen('disable')}>
            Disable
          </Button>
        </>
      ) : (
        <Button variant="outlined" onClick={() => setChosen('enable')}>
          Enable
        </Button>
      )}
      {chosen === 'edit' ? <EditStaffDialog {...props} /> : null}
      {chosen === 'link' ? <SendLinkDialog {...props} onSent={setSent} /> : null}
      {chosen === 'factor' ? <ResetSecondFactorDialog {...props} /> : null}
      {chosen === 'disable' ? <DisableDialog {...props} /> : null}
      {chosen === 'enable' ? <EnableDialog {...props} /> : null}
      {sent === undefined ? null : <LinkDialog sent={sent} onClose={() => setSent(undefined)} />}
    </>
  )
}

/** `Reset password`, or another link where there is none to reset. */
function linkAction({ has_password, signed_in_at }: StaffMember): string {
  if (has_password) return 'Reset password'
  return signed_in_at === undefined ? 'Invite again' : 'Send password link'
}

export function EndAllButton({ person }: PersonProps) {
  return (
    <EndButton person={person} label="End all sessions">
      End all
    </EndButton>
  )
}

export function EndSessionButton({ person, session }: PersonProps & { readonly session: StaffSession }) {
  return (
    <EndButton person={person} session={session} label="End this session">
      End
    </EndButton>
  )
}

type EndButtonProps = PersonProps & {
  readonly session?: StaffSession
  readonly label: string
  readonly children: ReactNode
}

function EndButton({ person, session, label, children }: EndButtonProps) {
  const mayManage = useMay('staff:manage')
  const [isOpen, setOpen] = useState(false)
  if (!mayManage) return null
  return (
    <>
      <Button
        variant={session === undefined ? 'text' : 'outlined'}
        aria-label={label}
        onClick={() => setOpen(true)}
      >
        {children}
      </Button>
      {isOpen ? (
        <EndSessionsDialog
          person={person}
          {...(session === undefined ? {} : { session })}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}
