/** Names and beginnings of names that a child never sees: the service's own settings, and the AWS access it runs by. */
export const scrubbed = {
  /** Settings of PiCloud itself: keys, addresses, table and bucket names. */
  beginnings: ['PICLOUD_', 'AWS_LAMBDA_', 'AWS_CONTAINER_', '_X_AMZN_'],
  names: [
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_SECURITY_TOKEN',
    'AWS_SECURITY_TOKEN_EXPIRATION',
    'AWS_CREDENTIAL_EXPIRATION',
    'AWS_PROFILE',
    'AWS_DEFAULT_PROFILE',
    'AWS_ROLE_ARN',
    'AWS_ROLE_SESSION_NAME',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_EXECUTION_ENV',
    '_HANDLER',
    // Loaders, inspectors and coverage of the caller: the child has none of the caller's files, and ports would clash.
    'NODE_OPTIONS',
    'NODE_V8_COVERAGE',
    'NODE_CHANNEL_FD',
    'NODE_CHANNEL_SERIALIZATION_MODE',
    'NODE_UNIQUE_ID',
  ],
} as const

/**
 * The environment of a child: the parent's without what `scrubbed` lists. It protects from accident, not from malice:
 * user code runs as the same user and can read the parent's environment elsewhere.
 * @param keepCredentials true leaves the AWS ones, for a person's own machine where they are that person's own
 */
export function scrubbedEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  keepCredentials = false,
): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !isScrubbed(name, keepCredentials)) kept[name] = value
  }
  return kept
}

function isScrubbed(name: string, keepCredentials: boolean): boolean {
  if (keepCredentials && name.startsWith('AWS_')) return false
  return (
    (scrubbed.names as readonly string[]).includes(name) || scrubbed.beginnings.some(start => name.startsWith(start))
  )
}
