/**
 * Which files belong to one export, by their paths.
 *
 * An export is a folder or a zip with folders Meta names; the holder's own data stands in another file than the logins,
 * so both must be known to come from the same one. A zip of its own is an export of its own, even of the same account.
 */
const FOLDERS = [
  'security_and_login_information', 'personal_information', 'profile_information', 'account_information',
  'login_and_account_creation', 'login_and_profile_creation', 'your_facebook_activity', 'your_instagram_activity',
  'connections', 'logged_information', 'preferences', 'ads_information', 'ads_and_businesses', 'about_you',
  'apps_and_websites', 'apps_and_websites_off_of_facebook', 'apps_and_websites_off_of_instagram', 'messages', 'posts',
  'comments', 'comments_and_reactions', 'friends', 'friends_and_followers', 'followers_and_following', 'media', 'photos',
  'photos_and_videos', 'search', 'search_history', 'location', 'stories', 'groups', 'events', 'likes', 'likes_and_reactions',
  'device_information', 'your_topics', 'files', 'facebook_payments', 'facebook_marketplace', 'activity_messages', 'pages',
]; // biome-ignore format: a list reads better as one

const FOLDER = new RegExp(`(^|[/!])(?:${FOLDERS.join('|')})/`);

/** Names of the files that are read, without ending; Meta moved them between folders and kept the names. */
const READ = [
  'account_activity', 'logins_and_logouts', 'record_details', 'administrative_records', 'login_protection_data',
  'ip_address_activity', 'used_ip_addresses', "where_you're_logged_in", 'where_you_re_logged_in', 'authorized_logins',
  'recognized_devices', 'mobile_devices', 'browser_cookies', 'datr_cookie_info', 'email_address_verifications',
  'contact_verifications', 'account_status_changes', 'your_facebook_activity_history', 'profile_information',
  'registration_information', 'personal_information', 'login_activity', 'logout_activity',
]; // biome-ignore format: a list reads better as one

/** The part of a name before Meta's first folder, or the file's own folder: the same for all files of one export. */
export function exportOf(name: string): string {
  const found = FOLDER.exec(name);
  if (found) return name.slice(0, found.index + found[1]!.length);
  return name.slice(0, Math.max(name.lastIndexOf('/'), name.lastIndexOf('!')) + 1);
}

export function inExportFolder(name: string): boolean {
  return FOLDER.test(name);
}

/** The file's name without folders and ending, and the ending. */
export function baseName(name: string): { base: string; ending: string } {
  const file = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('!')) + 1);
  const dot = file.lastIndexOf('.');
  return dot < 1
    ? { base: file, ending: '' }
    : { base: file.slice(0, dot).toLowerCase(), ending: file.slice(dot + 1).toLowerCase() };
}

/** Whether a path is one of the files this format reads, in one of Meta's folders. */
export function isReadPath(name: string): boolean {
  const { base, ending } = baseName(name);
  return inExportFolder(name) && READ.includes(base) && (ending === 'json' || ending === 'html');
}

/** Whether a file stands in one of Meta's folders beside a file of the same export that is read. */
export function besideRead(name: string, siblings: string[]): boolean {
  return inExportFolder(name) && siblings.some((other) => isReadPath(other) && exportOf(other) === exportOf(name));
}
