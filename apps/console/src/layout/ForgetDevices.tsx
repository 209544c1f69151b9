import DevicesIcon from '@mui/icons-material/DevicesOther'
import { ListItemIcon, ListItemText, MenuItem, type MenuItemProps, Typography } from '@mui/material'
import { useUserMenu } from 'react-admin'
import { FormDialog } from '../parts/Form.tsx'
import { useAction } from '../parts/hooks.ts'

/** An item of the user menu. The menu passes the props that its keyboard handling needs. */
export function ForgetDevicesItem({ onChoose, ...props }: MenuItemProps & { readonly onChoose: () => void }) {
  const menu = useUserMenu()
  const choose = () => {
    menu?.onClose()
    onChoose()
  }
  return (
    <MenuItem {...props} onClick={choose}>
      <ListItemIcon>
        <DevicesIcon fontSize="small" />
      </ListItemIcon>
      <ListItemText>Forget my devices</ListItemText>
    </MenuItem>
  )
}

/** Forgets all devices of the person at once. The stored data does not distinguish them. */
export function ForgetDevicesDialog({ onClose }: { readonly onClose: () => void }) {
  const forget = useAction<object, void>({
    send: (api) => api.remove('session/devices'),
    done: () => 'All your devices were forgotten.',
    onDone: onClose,
  })
  return (
    <FormDialog
      title="Forget my devices"
      action="Forget"
      tone="error"
      initial={{}}
      change={forget}
      onClose={onClose}
    >
      <Typography>
        A browser that you signed in with stays trusted for 90 days: failed sign-ins elsewhere do not lock you
        out of it. Forget all your devices, including this one, when one is lost or sold.
      </Typography>
      <Typography color="textSecondary">
        Open sessions stay open. To end them, ask an administrator to reset your password.
      </Typography>
    </FormDialog>
  )
}
