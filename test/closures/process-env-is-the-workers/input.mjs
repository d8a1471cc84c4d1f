process.env.PICLOUD_CASE_ONLY_HERE = 'here'
export default () => process.env.PICLOUD_CASE_ONLY_HERE === undefined
