exports.late = 'late'
