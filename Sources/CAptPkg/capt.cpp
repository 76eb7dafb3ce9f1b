#include "capt.h"
