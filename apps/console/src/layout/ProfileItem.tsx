import ManageAccountsIcon from '@mui/icons-material/ManageAccounts'
import { ListItemIcon, ListItemText, MenuItem, type MenuItemProps } from '@mui/material'
import { useUserMenu } from 'react-admin'
import { Link } from 'react-router-dom'

/** An item of the user menu. The menu passes the props that its keyboard handling needs. */
export function ProfileItem(props: MenuItemProps) {
  const menu = useUserMenu()
  return (
    <MenuItem {...props} component={Link} to="/profile" onClick={() => menu?.onClose()}>
      <ListItemIcon>
        <ManageAccountsIcon fontSize="small" />
      </ListItemIcon>
      <ListItemText>Your profile</ListItemText>
    </MenuItem>
  )
}
