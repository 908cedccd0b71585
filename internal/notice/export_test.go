package notice

// Short is how a sentence is written for a telephone.
func Short(text string) (string, bool) { return short(text) }
