export default async () => (await import('not-installed-anywhere')).x
